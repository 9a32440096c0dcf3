"""The only room that touches disk: files in, a warehouse that is published whole, named reads out."""

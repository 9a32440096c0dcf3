"""What leaves Granary as a file: workbooks and text tables made from an answer, templates made from the contracts."""

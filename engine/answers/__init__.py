"""One function for each question that a page, the command line, an export or the build asks."""

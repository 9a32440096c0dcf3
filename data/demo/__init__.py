"""The demo company: a liquor maker of about 80 million a year that sells through sixty dealers, made by code from a seed.

`build(folder, seed)` writes one file for each input table, coherent with each other, and beside the folder a record of what
was planted (`plants.json`), which only tests read. Nothing here is a real company, dealer or price.
"""

from data.demo.build import build

__all__ = ["build"]

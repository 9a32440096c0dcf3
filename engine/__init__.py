"""Granary: one set of numbers for sales, production and finance.

SQL gathers, the engine reckons, pages show. `python -m engine` is the command line, `app.py` the dashboard; both print the
answers of `engine.answers`.
"""

__version__ = "0.1.0"

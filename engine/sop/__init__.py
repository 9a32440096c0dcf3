"""The engine of the S&OP meeting: pure formulas on families × months. No data of its own."""

"""The pieces of the loading desk: files in, questions, receipt, publication; and what stands at the desk when nothing is on it."""

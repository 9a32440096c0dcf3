# Thin wrappers around `python -m engine`; on Windows use that directly. PYTHON chooses another interpreter.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

INSIDE = $$(test -x .venv/bin/python && echo .venv/bin/python || echo $(PYTHON))

.PHONY: run setup test bench proof format screenshots python
.DEFAULT_GOAL := run

run: python
	@$(PYTHON) -m engine serve

setup: python
	@$(PYTHON) -m engine setup

test: python
	@$(PYTHON) -m engine test

bench: setup
	@$(INSIDE) -m tests.bench

proof: setup
	@$(INSIDE) -m pytest -m proof -s --timeout=7200 tests/proof

format: setup
	@$(INSIDE) -m ruff check --fix . && $(INSIDE) -m ruff format .

screenshots: setup
	@$(INSIDE) -m tests.screenshots

python:
	@test -n "$(PYTHON)" || { echo "Granary needs Python 3.11 or newer, and none was found. Debian 12, Ubuntu 24.04: sudo apt install python3 python3-venv; macOS: brew install python@3.13; else python.org." >&2; exit 2; }

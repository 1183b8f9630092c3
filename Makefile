# Plain `make` lists what there is. Every target only calls Python, so that the logic is tested and readable.
PY ?= python3
PORT ?= 8000

python = .venv/bin/python
prepared = "$(PY)" requirements/prepare.py

.DEFAULT_GOAL := help
.PHONY: help demo test soak bench contract record format lock reset interpreter

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: interpreter ## Set up what is missing and serve the invented world (PORT=8000 moves it, PY= names a Python)
	@$(prepared) base && exec $(python) -m api demo --port "$(PORT)" --stop-with-parent

test: interpreter ## Run everything that must hold: format, lint, types, room borders, tests, contract
	@$(prepared) dev && exec $(python) -m tests

soak: interpreter ## Run the long tests that `make test` leaves out
	@$(prepared) dev && exec $(python) -m tests soak

bench: interpreter ## Measure what the rules, the ledger and row security cost, as ratios within one run
	@$(prepared) dev && exec $(python) -m benchmarks

contract: interpreter ## Write frontend-contract/schema.graphql from the code
	@$(prepared) base && exec $(python) -m api contract

record: interpreter ## Record frontend-contract/examples anew, after a change of behaviour that was meant
	@$(prepared) dev && exec $(python) -m tests record

format: interpreter ## Bring every Python file into the one format
	@$(prepared) dev && exec $(python) -m ruff format .

lock: interpreter ## Compile requirements/*.in into the locks with hashes
	@$(prepared) dev && exec $(python) requirements/compile_locks.py

reset: interpreter ## Empty the demo: its database and its secrets
	@$(prepared) base && exec $(python) -m api reset

interpreter:
	@command -v "$(PY)" >/dev/null || \
	  { echo "There is no $(PY) here: install Python 3.11 or newer, or name one, as in 'make PY=python3.12 demo'."; exit 1; }

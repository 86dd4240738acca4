# One target a task; `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset install develop parts serve test unit verifying rooms house browser lint types trials bench lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: install ## try a whole round in the browser: the demo municipality, in two minutes
	@$(BIN)/pb demo

demo-reset: ## remove the demo: everything in instance/
	@rm -rf instance
	@echo "The demo is removed. 'make demo' starts it anew."

install: .venv/installed ## the environment to run in, in .venv, with the command pb

.venv/installed: requirements.txt pyproject.toml
	@echo "Making the environment in .venv (about a minute) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

develop: .venv/developed node_modules/.developed ## the same, with what tests and checks need

node_modules/.developed: package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent && touch $@; else echo "No npm here: checks of pages skip in words."; fi

.venv/developed: .venv/installed requirements-development.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-development.txt
	@touch $@

parts: install ## fonts and component styles, from npm into static/vendor
	@$(BIN)/pb parts

serve: install ## the site and the worker, with the settings of the environment
	@$(BIN)/pb serve

test: develop ## everything that must pass
	@$(BIN)/python -m tests

unit: develop ## rules and counting, in seconds
	@$(BIN)/python -m pytest -q -n 2 tests/unit

rooms: develop ## acts and pages, on SQLite and PostgreSQL
	@$(BIN)/python -m pytest -q -n 2 tests/rooms

verifying: develop ## both verifiers against tampered files
	@$(BIN)/python -m pytest -q -n 2 tests/verifying

house: develop ## tests of the house itself
	@$(BIN)/python -m pytest -q tests/house

browser: develop ## the site in a real Chromium
	@$(BIN)/python -m pytest -q tests/browser

lint: develop ## style of the code
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: develop ## types of the code
	@$(BIN)/mypy

bench: develop ## speed beside a plain view, as ratios
	@$(BIN)/pb bench

trials: develop ## the full figures, written into docs/figures.md; never a gate
	@$(BIN)/python -m tests.trials

lock: develop ## compile the lock files anew from pyproject.toml
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra build pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra build --extra development pyproject.toml -c requirements.txt -o requirements-development.txt

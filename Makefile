# Two commands: `make run` serves the example city, `make test` checks everything.
.DEFAULT_GOAL := help
.PHONY: help install run test format lint types layers unit dist clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
EXAMPLE := examples/muenster
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PYTHONDONTWRITEBYTECODE :=
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1
# Runs of the reasoner are over before the second compiler and parallel collection pay.
export JDK_JAVA_OPTIONS ?= -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

help: ## Show the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: $(STAMP) ## Make the environment (.venv) from the locked dependencies

$(STAMP): requirements.lock pyproject.toml $(shell find web -name node_modules -prune -o -type f -print)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

run: install ## Build the example city and serve it on http://127.0.0.1:8000
	@$(BIN)/kreislaufstadt build $(EXAMPLE) --if-changed
	@$(BIN)/kreislaufstadt serve

test: install ## Check format, lint, types, layers, tests and the wheel
	@$(MAKE) --jobs 2 --output-sync=target format lint types layers dist
	@$(MAKE) unit

format: install
	$(BIN)/ruff format --check .

lint: install
	$(BIN)/ruff check .

types: install
	$(BIN)/mypy

layers: install
	$(BIN)/lint-imports

unit: install
	$(BIN)/coverage erase
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder --cov --cov-report=term:skip-covered

dist: install ## Build the wheel, install it elsewhere and run the built package
	$(BIN)/python tests/built_wheel.py

clean: ## Remove environment, dataset and caches
	rm -rf $(VENV) .kreislaufstadt dist .mypy_cache .ruff_cache .pytest_cache .coverage*

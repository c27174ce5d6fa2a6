# What can be asked of this project: make crawl, test, test-lowest, bench, lint, format, clean.
# Each target builds its own environment first; nothing but Python 3.11+, make and git is needed.

PYTHON ?= python3
VENV := .venv
LOWEST := .venv-lowest
BIN := $(VENV)/bin
READY := $(VENV)/ready
LOWEST_READY := $(LOWEST)/ready
PEERS := .venv-bench
PEERS_READY := $(PEERS)/ready

.PHONY: crawl test test-lowest bench lint format clean
.DEFAULT_GOAL := crawl

crawl: $(READY)  ## clean the seed pages into data/
	@$(BIN)/scrapy crawl seeds

test: lint  ## lint, types and all tests
	@$(BIN)/python -m pytest

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

test-lowest: $(LOWEST_READY)  ## the tests on the lowest versions that pyproject.toml allows
	@$(LOWEST)/bin/python -m pytest

bench: $(PEERS_READY)  ## an environment with every peer that is measured beside Copydesk
	@echo "Measure with: $(PEERS)/bin/python -m bench quality SET PATH"

clean:
	rm -rf $(VENV) $(LOWEST) $(PEERS) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# An environment is built anew when pyproject.toml has changed, and is ready only when it is complete.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Copydesk needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make environments here. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# pip has no way to ask for the lowest versions; uv has.
$(LOWEST_READY): pyproject.toml $(READY)
	@rm -rf $(LOWEST)
	@$(PYTHON) -m venv $(LOWEST)
	@echo "Installing the lowest versions into $(LOWEST) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5'
	@$(BIN)/uv pip install --quiet --python $(LOWEST)/bin/python --resolution lowest-direct --editable '.[dev]'
	@touch $@

# The peers spell one extra of lxml in two ways, on which pips before 23.3 fail: this environment gets a newer one.
$(PEERS_READY): pyproject.toml $(READY)
	@rm -rf $(PEERS)
	@$(PYTHON) -m venv $(PEERS)
	@echo "Installing the peers into $(PEERS) ..."
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=23.3'
	@$(PEERS)/bin/python -m pip install --quiet --editable '.[bench]'
	@touch $@

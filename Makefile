# Targets: crawl, test, test-slow, test-lowest, lint, format, docs, pictures, bench, weights, constraints, audit, packages,
# clean.
# Each target first builds the environment that it needs. Only Python 3.11 or newer, make and git must be installed.

PYTHON ?= python3
VENV := .venv
LOWEST := .venv-lowest
PEERS := .venv-bench
TRAIN := .venv-train
BIN := $(VENV)/bin
PIP := -m pip install --quiet --disable-pip-version-check
TESTED := --constraint constraints.txt
AUDIT := .venv-audit
BUILD := .venv-build
EMPTY := .venv-empty

# Images of containers often set this. Then each of the hundreds of processes that the tests start compiles all modules
# of Copydesk anew, which is a third of their time.
unexport PYTHONDONTWRITEBYTECODE

# These files mark finished environments. RUNTIME: what a crawl needs. READY: the development tools, too.
RUNTIME := $(VENV)/runtime
READY := $(VENV)/ready
DOCS_READY := $(VENV)/docs
LOWEST_READY := $(LOWEST)/ready
PEERS_READY := $(PEERS)/ready
TRAIN_READY := $(TRAIN)/ready

# One test process per core. The tests of a file stay together because they share fixtures, such as a crawl.
PARALLEL := -n auto --dist loadfile
CORE_TESTS := tests/cleaners tests/scraper tests/whole

.PHONY: crawl test test-slow test-lowest bench weights lint format docs pictures constraints audit packages clean
.DEFAULT_GOAL := crawl

crawl: $(RUNTIME)  ## clean the seed pages into data/
	@$(BIN)/scrapy crawl seeds

test: lint  ## lint, types and all tests but the slow ones
	@$(BIN)/python -m pytest $(PARALLEL) --ignore=tests/slow

test-slow: $(READY)  ## the slow tests: killed crawls, Chromium, clusters, the wheel
	@$(BIN)/python -m pytest $(PARALLEL) tests/slow

test-lowest: $(LOWEST_READY)  ## the core tests on the lowest versions that pyproject.toml allows
	@$(LOWEST)/bin/python -m pytest $(PARALLEL) $(CORE_TESTS)

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(READY)
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

docs: $(DOCS_READY)  ## the site of the docs in build/site, with warnings as errors
	@$(BIN)/python docs/site build/pages
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "Read it: $(BIN)/python -m http.server --bind 127.0.0.1 --directory build/site"

pictures: $(READY)  ## the pictures in docs/images; needs Chromium
	@$(BIN)/python docs/site/pictures.py

bench: $(PEERS_READY)  ## an environment with every extractor that Copydesk is compared with
	@echo "Measure with: $(PEERS)/bin/python -m bench quality SET PATH"

# PyTorch is not installed in vain: without the corpora, weights only says so.
ifneq ($(wildcard ../shared/corpora/*.jsonl.xz),)
weights: $(TRAIN_READY)  ## train all models from the corpora, with figures for their cards (docs/retraining.md)
	@$(TRAIN)/bin/python -m bench weights
else
weights:
	@echo "Nothing is trained: there are no corpora in ../shared/corpora. docs/retraining.md says how to get them."
endif

# The newest versions that fit together on every Python and system that Copydesk runs on. The tests say whether it does.
constraints: $(LOWEST_READY)  ## raise the tested versions of all dependencies (constraints.txt)
	@$(LOWEST)/bin/uv pip compile --quiet --universal --upgrade --python-version 3.11 --no-header --no-annotate \
	  --no-emit-index-url --extra dev --extra docs --extra javascript pyproject.toml --output-file constraints.txt

audit: $(RUNTIME)  ## look for known vulnerabilities in the tested versions; needs the network
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python $(PIP) 'pip-audit>=2.9'
	@$(AUDIT)/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip --strict --progress-spinner off

packages:  ## the wheel and the source archive in dist/, and every command from the wheel in an empty environment
	@rm -rf dist $(BUILD) $(EMPTY)
	@$(PYTHON) -m venv $(BUILD)
	@$(PYTHON) -m venv $(EMPTY)
	@$(BUILD)/bin/python $(PIP) 'build>=1.2' 'twine>=6'
	@$(BUILD)/bin/python -m build --outdir dist .
	@$(BUILD)/bin/python -m twine check --strict dist/*
	@$(EMPTY)/bin/python $(PIP) $(TESTED) dist/*.whl
	@tests/packages/every_command.sh $(EMPTY) seeds

clean:
	rm -rf $(VENV) $(LOWEST) $(PEERS) $(TRAIN) $(AUDIT) $(BUILD) $(EMPTY) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# A change of what is installed updates the environments. The mark is set last, so that an interrupted build is repeated.
$(RUNTIME): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Copydesk needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "This Python cannot create environments. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing Copydesk into $(VENV) ..."
	@$(BIN)/python $(PIP) $(TESTED) --editable .
	@touch $@

$(READY): $(RUNTIME)
	@echo "Installing the development tools into $(VENV) ..."
	@$(BIN)/python $(PIP) $(TESTED) --editable '.[dev]'
	@touch $@

$(DOCS_READY): $(READY)
	@echo "Installing what makes the docs into $(VENV) ..."
	@$(BIN)/python $(PIP) $(TESTED) --editable '.[dev,docs]'
	@touch $@

# pip cannot ask for the lowest versions; uv can. Other than pip it compiles nothing unless it is told to.
$(LOWEST_READY): $(RUNTIME)
	@rm -rf $(LOWEST)
	@$(PYTHON) -m venv $(LOWEST)
	@echo "Installing the lowest versions into $(LOWEST) ..."
	@$(LOWEST)/bin/python $(PIP) 'uv>=0.5'
	@$(LOWEST)/bin/uv pip install --quiet --compile-bytecode --python $(LOWEST)/bin/python --resolution lowest-direct \
	  --editable '.[dev]'
	@touch $@

# Two of the extractors name an extra of lxml differently. pip before 23.3 fails on this, so a newer pip is installed.
$(PEERS_READY): $(RUNTIME)
	@rm -rf $(PEERS)
	@$(PYTHON) -m venv $(PEERS)
	@echo "Installing the extractors to compare with into $(PEERS) ..."
	@$(PEERS)/bin/python $(PIP) --upgrade 'pip>=23.3'
	@$(PEERS)/bin/python $(PIP) --editable '.[bench]'
	@touch $@

$(TRAIN_READY): pyproject.toml
	@$(PYTHON) -m venv $(TRAIN)
	@echo "Installing Copydesk with PyTorch into $(TRAIN) ..."
	@$(TRAIN)/bin/python $(PIP) --editable '.[train]'
	@touch $@

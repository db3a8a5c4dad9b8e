# make demo     check the example proposals and show the reports
# make test     lint, then all tests
# make quick    the tests that take no time, in under a minute
# make help     the rest
#
# Everything happens in a virtual environment here; only Python 3.11 or newer is needed. Another Python:
#   PYTHON=python3.12 make test

PYTHON ?= python3
VENV ?= .venv$(if $(filter-out python3,$(PYTHON)),-$(notdir $(PYTHON)))
BIN := $(VENV)/bin
PYTEST_ARGS ?= -n auto

DIST ?= dist

# The tests start the program some thousand times: where Python may not keep what it compiled, each start compiles it all.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test quick cluster lint bench certainty dist docs man pictures clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    check the example proposals and show the reports"
	@echo "make test    lint, then all tests"
	@echo "make quick   only the tests that take little time, in under a minute"
	@echo "make cluster run the pages about Spark and Ray on these engines, which it installs; needs Java and 2 GB"
	@echo "make lint    style, types, and who may import whom"
	@echo "make bench   measure start-up and batches, against other engines"
	@echo "make certainty compare the solver with check on 20 000 random drafts, in half an hour"
	@echo "make docs    build the site with the documentation, in build/docs/site"
	@echo "make pictures draw the pictures of the wizard anew, after a change of its screens"
	@echo "make man     write the man pages anew, after a change of the command line"
	@echo "make dist    build what is published: wheel, source, one-file program, bill of materials"
	@echo "make clean   remove the virtual environments, caches and builds"

# Some of the examples are not eligible and one is no proposal, so check ends with 1 or 3: that is what a demo is for.
demo: $(VENV)/.installed
	@$(BIN)/mpfcheck calls
	@echo
	@$(BIN)/mpfcheck check examples || [ $$? -eq 1 -o $$? -eq 3 ]

test: lint $(VENV)/.installed-node
	$(BIN)/python -m pytest $(PYTEST_ARGS)

# For everyday work: without lint, and without what is marked as slow.
quick: $(VENV)/.installed-dev
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m "not slow"

# Half a gigabyte is downloaded for these two tests, so make test leaves them out and says so.
cluster: $(VENV)/.installed-cluster
	$(BIN)/python -m pytest -n 0 tests/warehouse/test_clusters.py

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks

certainty: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.certainty 20000 --write

docs: $(VENV)/.installed-docs
	$(BIN)/python -m docs.generate site build/docs

pictures: $(VENV)/.installed
	$(BIN)/python docs/pictures/draw.py

man: $(VENV)/.installed-docs
	$(BIN)/python -m docs.generate man

# The one-file program holds everything but Python itself. The bill of materials lists
# what the program brings.
dist: $(VENV)/.installed-dist
	$(BIN)/python -m hatchling build --directory $(DIST)
	PIP_CONSTRAINT=constraints.txt $(BIN)/shiv --quiet --compressed --console-script mpfcheck \
	  --python "/usr/bin/env python3" --output-file $(DIST)/mpfcheck.pyz ".[web]"
	rm -rf $(DIST)/installed && $(PYTHON) -m venv $(DIST)/installed
	$(DIST)/installed/bin/python -m pip install --quiet --constraint constraints.txt "$$(echo $(DIST)/*.whl)[web]"
	$(DIST)/installed/bin/python -m pip uninstall --quiet --yes pip setuptools
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --output-file $(DIST)/mpfcheck.cdx.json $(DIST)/installed/bin/python
	rm -rf $(DIST)/installed

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "mpfcheck needs Python 3.11 or newer: PYTHON=python3.12 make …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.installed: $(VENV)/.python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[server,web,prove,paper,xlsx,warehouse]" --group test --group lint --group bench
	@touch $@

$(VENV)/.installed-docs: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group docs
	@touch $@

$(VENV)/.installed-dist: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dist
	@touch $@

$(VENV)/.installed-bench: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group bench
	@touch $@

$(VENV)/.installed-cluster: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group cluster
	@touch $@

# What the tests run on node. Without node they are left out; tests/interchange says what is not tested then.
$(VENV)/.installed-node: $(VENV)/.python tests/interchange/node/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix tests/interchange/node --silent; \
	  else echo "There is no npm: exported decision models are not evaluated by another engine."; fi
	@touch $@

clean:
	rm -rf .venv .venv-* build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	rm -rf tests/interchange/node/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

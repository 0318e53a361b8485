# `make help` lists the targets. Needs Python 3.11 or 3.12 with headers and venv, a C compiler and make.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.12 python3.11 python3; do $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null && echo $$p && break; done)
DEMO := build/demo
STAMP := $(VENV)/.installed

.PHONY: help demo test lint types floors pytest explore bench accuracy rewrites golden docs lock samples clean

help: ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(STAMP): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or 3.12 found; set PYTHON=/path/to/python3.11" >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## Audit the sample policies and write a report in every format to build/demo
	@mkdir -p $(DEMO)
	@$(BIN)/python scripts/demo.py $(DEMO)

test: lint types floors pytest ## Everything that has to hold

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

floors: $(STAMP)
	$(BIN)/lint-imports

pytest: $(STAMP)
	$(BIN)/pytest -n 2 --dist loadfile

explore: $(STAMP) ## Property tests on many examples that nobody has seen yet
	HYPOTHESIS_PROFILE=explore $(BIN)/pytest -n 2 -q $(shell grep -rl --include='*.py' 'hypothesis import.*given' tests)

bench: $(STAMP) ## How long it takes, beside what it stands on
	$(BIN)/python scripts/bench.py

accuracy: $(STAMP) ## Precision, recall and F1 on the labelled policies, by rule
	$(BIN)/python scripts/accuracy.py

rewrites: $(STAMP) ## What the rewrites reach; DOCS="FOLDER" for other documents, SHOW=--show to read them
	$(BIN)/python scripts/rewrites.py $(SHOW) $(DOCS)

golden: $(STAMP) ## Renew the golden reports of the sample policies
	$(BIN)/pytest -q tests/golden --renew-golden

docs: $(STAMP) ## Renew the generated pages: rules, command line (after `make accuracy`)
	$(BIN)/auditor rules docs --packs customer-focus,practice
	$(BIN)/python scripts/cli_docs.py

samples: $(STAMP) ## Renew the binary sample policies from their texts
	$(BIN)/python scripts/make_samples.py sample_policies

lock: $(STAMP) ## Renew the lock file with hashes
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 -q -o requirements/dev.txt

clean: ## Remove what can be made again
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# `make` alone lists what there is. Newcomers need two of these: `make demo` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help setup demo run test deep bench bench-night bench-search lint types layers messages clean

BIN  := .venv/bin
PORT ?= 8000
DATA ?= ./data/demo
SIZE ?= 10000
PERSONS ?= 10000
ORDERS ?= 10000
PO   := $(wildcard locale/*/LC_MESSAGES/django.po)
MO   := $(PO:.po=.mo)
NEEDS := tools/bootstrap.sh pyproject.toml requirements/tools.txt

help:  ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/.base: $(NEEDS) requirements/base.txt
	@sh tools/bootstrap.sh base

.venv/.dev: $(NEEDS) requirements/dev.txt
	@sh tools/bootstrap.sh dev

%.mo: %.po .venv/.base
	@$(BIN)/python tools/messages.py compile

setup: .venv/.dev $(MO)  ## a virtual environment in .venv with everything a developer needs

demo: .venv/.base $(MO)  ## the demo world on loopback: make demo PORT=8000 DATA=./data/demo
	@$(BIN)/kalka demo --port $(PORT) --data $(DATA)

run: .venv/.base $(MO)  ## the server of an installation set by the environment (docs/deploy.md)
	@$(BIN)/kalka serve --port $(PORT)

test: setup  ## everything the build checks; exactly what CI runs
	@$(BIN)/python tools/check.py

deep: setup  ## kill, fuzz, oracle, every page by every role, on both databases (long)
	@HYPOTHESIS_PROFILE=deep $(BIN)/python tools/postgres.py run --fast -- $(BIN)/pytest -m deep
	@HYPOTHESIS_PROFILE=deep KALKA_TEST_DB=sqlite $(BIN)/pytest -m "(deep or seldom) and not browser"

bench: setup  ## timings on both databases, beside a bare view and raw SQL: make bench SIZE=100000 ORDERS=100000
	@$(BIN)/python -m tools.bench --size $(SIZE)
	@$(BIN)/python -m tools.bench.night --orders $(ORDERS)

bench-night: setup  ## what a night does to running orders, on both databases: make bench-night ORDERS=100000
	@$(BIN)/python -m tools.bench.night --orders $(ORDERS)

bench-search: setup  ## a search by name with one slip: make bench-search PERSONS=100000
	@$(BIN)/python -m tools.bench.names --persons $(PERSONS)

lint: setup  ## style, and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: setup  ## strict types
	@$(BIN)/mypy

layers: setup  ## who may import whom
	@$(BIN)/lint-imports

messages: setup  ## take new texts out of the code into locale/, and say what is missing
	@$(BIN)/python tools/messages.py extract
	@$(BIN)/python tools/messages.py check

clean:  ## remove what was built; ./data and .venv stay
	@rm -rf .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	@find kalka config tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -f $(MO)

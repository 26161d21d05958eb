# `make help` lists what there is.
VENV ?= .venv
PYTHON ?= python3
BIN = $(VENV)/bin
PORT ?= 6543
PLUGINS = $(wildcard plugins/*/setup.cfg)
SOURCES = fdplattform templates scripts tests bench $(wildcard plugins)

.DEFAULT_GOAL := help

help:  ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# One stamp for what runs the platform, one for what tests it.
$(VENV)/installed: setup.cfg setup.py pyproject.toml constraints.txt $(PLUGINS) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[pdf]' $(patsubst %/setup.cfg,-e %,$(PLUGINS))
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]' $(patsubst %/setup.cfg,-e %,$(PLUGINS))
	@touch $@

build: $(VENV)/installed  ## assets and message catalogues
	@$(BIN)/python scripts/build_assets.py
	@$(BIN)/python scripts/compile_messages.py

run: build  ## the platform with a demo on http://localhost:$(PORT)
	@FDPLATTFORM_BASE_URL=http://localhost:$(PORT) $(BIN)/fdplattform -c development.ini setup --demo
	@FDPLATTFORM_BASE_URL=http://localhost:$(PORT) $(BIN)/fdplattform -c development.ini run --worker --port $(PORT)

dev: $(VENV)/installed-dev build

browser:
	@scripts/ensure_browser.sh

# Templates that one test has compiled need not be compiled by the next one.
test: dev browser  ## every test, on SQLite and PostgreSQL, with a browser
	@mkdir -p $(VENV)/templates
	CHAMELEON_CACHE=$(abspath $(VENV))/templates $(BIN)/pytest -n 2 --dist worksteal --durations=30 --durations-min=5

bench: dev  ## how fast, beside a minimal Pyramid page on this machine
	$(BIN)/python -m bench

bench-draw: dev  ## how fast a panel and a sample are drawn (PEER=python of an environment with sortition-algorithms)
	$(BIN)/python -m bench.draw $(if $(PEER),--peer $(PEER))
	$(BIN)/python -m bench.sample

faults: dev  ## kill it, fill its disk, take its database away
	$(BIN)/pytest tests/faults tests/tools/letters/test_killed.py

lint: dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/mypy $(wildcard plugins/*/fdp_*)
	$(BIN)/lint-imports

messages: dev  ## collect messages into the catalogues
	$(BIN)/python scripts/messages.py update

migration: dev  ## write the coming release's revision anew from the models
	$(BIN)/python scripts/next_migration.py

plugin-api: dev  ## write down the plugin API that a release brings
	$(BIN)/python scripts/plugin_api.py

matrix: dev  ## write the permission matrix anew
	$(BIN)/python scripts/matrix.py

pictures: dev build browser  ## take the handbook's pictures anew
	$(BIN)/python -W ignore scripts/screenshots.py

wheels: dev build
	$(BIN)/python scripts/check_wheels.py

sure: lint  ## what CI does
	$(BIN)/python scripts/messages.py check
	$(MAKE) wheels
	$(MAKE) test

.PHONY: help build run dev browser test bench bench-draw faults lint messages migration plugin-api matrix pictures wheels sure

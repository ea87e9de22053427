# Onrecord's commands. `make` alone lists them.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export ONRECORD_EVAL_DIR ?= $(abspath ../shared/eval)

BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
TRAIN := .venv-train/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup run test lint types eval bench image-check lock train-quotes train-names train-contexts \
	train-places train-identity

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(RUNTIME) ## Make .venv and install what running needs

run: $(RUNTIME) ## Set up, migrate, ingest seeds/ and serve (HOST=, PORT=)
	@$(BIN)/onrecord migrate
	@$(BIN)/onrecord ingest seeds
	@$(BIN)/onrecord serve --host $(HOST) --port $(PORT)

test: $(DEV) ## Set up and run the tests
	$(BIN)/python -m pytest

lint: $(DEV) ## Check style, import directions and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile

types: $(DEV) ## Check types (mypy --strict on app)
	$(BIN)/mypy

eval: $(DEV) ## Score extraction on the gold data of ONRECORD_EVAL_DIR, where it is there
	$(BIN)/onrecord evaluate $(ONRECORD_EVAL_DIR) --floors tests/evaluation/floors.json

bench: $(DEV) ## Measure speed as ratios, side by side in one run (writes bench.jsonl)
	$(BIN)/python -m tests.bench

train-quotes: $(TRAIN) ## Train the quote model anew on the gold data (about two hours)
	.venv-train/bin/python -m app.training.quotes $(ONRECORD_EVAL_DIR)/quotes/polnear_train.jsonl \
		$(ONRECORD_EVAL_DIR)/quotes/polnear_dev.jsonl

train-names: $(TRAIN) ## Train the voter for the kinds of names anew on gold data and our own articles (two minutes)
	.venv-train/bin/python -m tests.evaluation.identity_names .venv-train/names.jsonl
	.venv-train/bin/python -m app.training.names $(ONRECORD_EVAL_DIR)/entities/conllpp_train.jsonl .venv-train/names.jsonl

train-contexts: $(TRAIN) ## Distil the vectors of words anew from the sentence encoder (a minute)
	.venv-train/bin/python -m app.training.contexts $(ONRECORD_EVAL_DIR)

train-places: $(DEV) ## Learn anew how places are chosen, on the gold data (a minute)
	$(BIN)/python -m app.training.places $(ONRECORD_EVAL_DIR)

train-identity: $(DEV) ## Learn anew who is who across articles, on articles of our own (seconds)
	$(BIN)/python -m tests.evaluation.learn_identity

image-check: ## Build the container images and use them (root; some minutes)
	tests/image/check.sh

lock: ## Pin what pyproject.toml asks for, by hash (needs uv)
	uv pip compile $(LOCK) --extra extract pyproject.toml -o requirements.lock
	uv pip compile $(LOCK) -c requirements.lock pyproject.toml -o requirements-api.lock
	uv pip compile $(LOCK) -c requirements.lock --extra extract --extra dev pyproject.toml \
		-o requirements-dev.lock

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

$(TRAIN): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --require-hashes -r requirements.lock
	.venv-train/bin/python -m pip install --quiet --editable '.[extract,train]'
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

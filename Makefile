# Needs GNU make, git and Python 3.11 or newer; everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

# Installed: everything in requirements.lock (which is whole: --no-deps, or older pips look beyond it for extras). Ready:
# sitegen too.
# Two stamps, for pyproject.toml holds the site's settings too: editing those takes a second, not a minute.
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready

# Without compiled modules each process that a test starts compiles sitegen anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help venv build docs serve test lint format lock bench clean

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-15s%s\n", $$1, $$2 }'

venv: $(READY) ## set up .venv (the others do it when needed; PYTHON=python3.13 picks the Python)

build: $(READY) ## build the site into output/
	@$(BIN)/sitegen build

docs: $(READY) ## build the manual into docs/output/
	@$(BIN)/sitegen build -s docs

serve: $(READY) ## build, watch and show the site on this computer
	@$(BIN)/sitegen serve

test: lint ## lint, types and tests, but for the slow ones
	@$(BIN)/python -m compileall -q sitegen
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not slow"

lint: $(READY) ## style and types
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet --output-format concise || { echo "'make format' mends it" >&2; exit 1; }
	@$(BIN)/mypy

format: $(READY) ## lay out the code and mend what can be mended by itself
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

# The last loop asks pip whether the first releases that we promise could install every pin, from wheels alone.
lock: ## pin what pyproject.toml asks for (UPGRADE=1: everything at its newest)
	@echo "pinning into requirements.lock (about a minute)"
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	touch requirements.lock; cp requirements.lock "$$tmp/found"; \
	( $(PYTHON) -m venv "$$tmp/venv" && "$$tmp/venv/bin/python" -m pip install pip-tools && \
	  "$$tmp/venv/bin/pip-compile" $(if $(UPGRADE),--upgrade) \
		--all-extras --all-build-deps --allow-unsafe --generate-hashes --strip-extras \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--output-file "$$tmp/found" pyproject.toml && \
	  grep -v -e '^#' -e '^$$' -e '^sitegen @' "$$tmp/found" >"$$tmp/pins" && \
	  for first in 3.11.0 3.12.0 3.13.0; do \
		"$$tmp/venv/bin/python" -m pip install --dry-run --no-deps --only-binary :all: --target "$$tmp/none" \
			--python-version $$first --require-hashes -r "$$tmp/pins" || exit 1; \
	  done ) >"$$tmp/log" 2>&1 || { cat "$$tmp/log" >&2; exit 1; }; \
	{ echo "# What pyproject.toml asks for, every extra included, pinned with its hashes by 'make lock'."; \
	  cat "$$tmp/pins"; } >requirements.lock

bench: $(READY) ## measure sitegen beside its peers, which it installs into .bench (an hour; BENCH="--posts 300" for less)
	@$(BIN)/python -m benchmarks.speed $(or $(BENCH),--write)

clean: ## forget everything made (.venv, built sites, caches), but never the inbox
	@rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov
	@find output docs/output -mindepth 1 ! -name .gitkeep -delete 2>/dev/null || true
	@find .sitegen docs/.sitegen -mindepth 1 ! -name 'inbox.db*' -delete 2>/dev/null || true
	@find sitegen tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "sitegen needs Python 3.11 or newer, and $(PYTHON) is not one. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
		exit 1; }
	@echo "setting up $(VENV) (once, about a minute)"
	@rm -rf $(VENV) && mkdir $(VENV)
	@{ $(PYTHON) -m venv $(VENV) && $(PIP) install --no-deps --require-hashes -r requirements.lock; } \
		>$(VENV)/setup.log 2>&1 || { cat $(VENV)/setup.log >&2; exit 1; }
	@touch $@

$(READY): $(INSTALLED) pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation -e . >$(VENV)/setup.log 2>&1 || { cat $(VENV)/setup.log >&2; exit 1; }
	@touch $@

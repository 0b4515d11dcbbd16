# Everything sets itself up: only Python 3.11 or newer and make are needed. `make` lists the targets.

BIN := .venv/bin
RUNTIME := .venv/.runtime
DEV := .venv/.dev
SDK_INSTALLED := sdk/node_modules/.installed
SDK_BUILT := sdk/node_modules/.built
SDK_FILES := $(shell find sdk -type d \( -name node_modules -o -name dist \) -prune -o -type f -print)
SOURCES := '*.py' '*.sql' '*.lua' '*.ts' '*.tsx' '*.js' '*.html' '*.css' '*.toml' Makefile scripts .ci

# Whoever keeps Python from writing bytecode, as containers do, would wait for it at every start of a process.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test test-platforms check soak bench syncing waiting simulate sdk wire lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNTIME) ## Start everything: engines, web, worker, clock, demo; Ctrl-C stops it
	@$(MAKE) --no-print-directory sdk || echo "fanfare: starting without the storefront" >&2
	@exec $(BIN)/fanfare up

test: $(DEV) $(SDK_BUILT) ## Run all tests
	@scripts/sdk test
	@scripts/sdk run --silent size
	@scripts/sdk run --silent exports
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(DEV) $(SDK_INSTALLED) ## Check format, lint, types, floors, and run the quick tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@scripts/sdk run --silent lint
	@scripts/sdk run --silent types
	@! git grep -nwE 'TO[D]O|FIX[M]E' -- $(SOURCES)
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder tests/unit tests/architecture

test-platforms: $(DEV) ## Test the connectors whose shops take minutes to install (Medusa, from npm)
	@$(BIN)/python -m pytest -m platforms --timeout 900

soak: $(DEV) ## Kill processes at random for two minutes under load; explore the API for longer
	@FANFARE_SOAK_SECONDS=120 $(BIN)/python -m pytest -s -q tests/flows/test_soak.py
	@FANFARE_EXAMPLES=40 FANFARE_SEED=$$(date +%j) $(BIN)/python -m pytest -n 2 -q --timeout 1800 \
		tests/contract/test_schemathesis.py tests/contract/test_schemathesis_links.py

bench: $(DEV) ## Measure, side by side in one run (needs wrk)
	@scripts/wrk
	@$(BIN)/python -m benchmarks

syncing: $(DEV) ## Measure the sync of 100 000 products and customers from two shops
	@$(BIN)/python -m benchmarks.syncing

waiting: $(DEV) $(SDK_BUILT) ## Measure what 200 waiting browsers ask of the origin
	@$(BIN)/python -m benchmarks.waiting

simulate: $(DEV) ## Simulate launches of 100 000, 1 000 000 and 10 000 000
	@$(BIN)/python -m benchmarks.simulation

sdk: $(SDK_BUILT) ## Build the SDKs (needs npm's registry the first time)

wire: $(DEV) $(SDK_INSTALLED) ## Write the SDKs' types of the wire anew
	@mkdir -p .cache
	@$(BIN)/fanfare openapi > .cache/openapi.json
	@scripts/sdk run --silent wire -- ../.cache/openapi.json

lock: $(DEV) ## Resolve the dependencies anew, with hashes
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate -q -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate -q --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	rm -rf sdk/package-lock.json sdk/node_modules
	@scripts/sdk install --package-lock-only --omit-lockfile-registry-resolved=false
	sed -i.bak '/"resolved": "http/d' sdk/package-lock.json && rm sdk/package-lock.json.bak

clean: ## Remove what was built or cached; the data folder .fanfare stays
	rm -rf .venv .cache sdk/node_modules sdk/*/dist sdk/*/gallery/dist build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements.lock pyproject.toml scripts/environment
	@scripts/environment requirements.lock
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml scripts/environment
	@scripts/environment requirements-dev.lock
	@touch $@ $(RUNTIME)

$(SDK_INSTALLED): sdk/package-lock.json | $(RUNTIME)
	@echo "fanfare: installing what the SDKs are built with" >&2
	@scripts/sdk ci --silent
	@touch $@

$(SDK_BUILT): $(SDK_INSTALLED) $(SDK_FILES)
	@echo "fanfare: building the SDKs" >&2
	@scripts/sdk run --silent build >/dev/null
	@touch $@

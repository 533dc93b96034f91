# Two commands do everything on a fresh machine with Python 3.11+ and a network: `make prove`, `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
MODULES := node_modules/.ready
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help prove test check lint unit bench soak demo browser firefox docs lock wheel clean
.DEFAULT_GOAL := help

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

prove: $(READY) browser ## Show that nobody is logged out (ARGS="--only lost_response" and so on go to `nologout prove`)
	nologout prove $(ARGS)

test: lint browser firefox ## Run every check and every test (the scenarios themselves: `make prove`)
	npm test --silent
	pytest -n 3 --dist worksteal --timeout 420 -m "not soak" e2e/test_*.py e2e/tests backend $(ARGS)

check: lint unit ## Lint, types, layers and the tests that need no browser; under a minute

lint: $(READY) $(MODULES)
	ruff format --check --quiet .
	ruff check --quiet .
	mypy --no-error-summary e2e
	mypy --no-error-summary conftest.py backend
	PYTHONPATH=backend lint-imports --no-logo 2>&1 | tail -n 2
	npm run --silent types

unit: $(READY) $(MODULES)
	npm test --silent
	pytest -q -m "not browser and not server and not install" e2e/tests backend

bench: $(READY) $(MODULES) browser ## Measure refreshes against SimpleJWT's, the client's fetch against a bare one, fifty tabs, the harness
	PYTHONPATH=backend python backend/benchmarks/bench_refresh.py
	node frontend_static/benchmarks/fetch-cost.js
	python e2e/benchmarks/bench_crowd.py
	python e2e/benchmarks/bench_acts.py

soak: $(READY) $(MODULES) browser ## Repeat what must never differ, hundreds of times, also with both cores busy (long)
	python e2e/benchmarks/soak.py
	python e2e/benchmarks/soak_everything.py
	pytest -n 3 --dist worksteal -m soak e2e/tests backend

demo: $(READY) ## Serve the reference app until Ctrl-C
	nologout demo

browser: $(READY)
	nologout setup

firefox: $(READY)
	-nologout setup --browser firefox # where there is none its tests are skipped, and say why

wheel: $(READY) ## Build both wheels into dist: nologout, and simplejwt-token-family
	uv build --quiet --wheel --no-build-isolation --out-dir dist
	uv build --quiet --wheel --no-build-isolation --out-dir dist backend

docs: $(READY) $(MODULES) ## Write anew what is generated: scenarios, schemas and requests in docs, the one-file client
	nologout list --markdown > docs/scenarios.md
	python -m nologout.report.schema > docs/report.schema.json
	python -m nologout.diagnose.forensics.schema > docs/black-box.schema.json
	python -m nologout.targets.config.schema > docs/nologout.schema.json
	NOLOGOUT_PROFILE=family python backend/manage.py spectacular --settings config.settings.openapi \
		--validate --fail-on-warn --file docs/openapi.yaml
	NOLOGOUT_PROFILE=cookie python backend/manage.py spectacular --settings config.settings.openapi \
		--validate --fail-on-warn --file docs/openapi.cookie.yaml
	PYTHONPATH=backend python -m config.openapi.collection docs/openapi.yaml > docs/requests.postman_collection.json
	npm run --silent build:one-file

lock: $(READY) ## Resolve the dependencies anew
	uv pip compile --quiet --universal --generate-hashes --no-header --group dev pyproject.toml --output-file requirements.lock

clean: ## Remove what was made here
	rm -rf $(VENV) node_modules dist frontend_static/build nologout-report test-results .mypy_cache .ruff_cache .pytest_cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "nologout needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check uv; }
	@echo "installing what requirements.lock lists"
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) uv pip sync --quiet --require-hashes requirements.lock
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(MODULES): package-lock.json package.json $(READY)
	@npm ci --silent
	@touch $@

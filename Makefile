# Two commands are enough: `make run` and `make test`. `make help` lists the others.
PYTHON ?= python3
BOOT = $(PYTHON) -m backend.bootstrap
export DEMO HOST PORT GRIDGOV_HOME YES ROLE
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: run test moves test-faults test-clients story story-corrections map-picture proof lint stop reset docs openapi demo schemathesis manage address setup requirements help

run: ## Start everything here: environment, database, demo district, server, worker (PORT=8000 DEMO=1)
	@$(BOOT) run

demo: ## 20 simulated phones against the running server, compared with the truth (BREAK=1 must fail)
	@.venv/bin/python clients/python/demo.py $(if $(filter-out 0 no false,$(BREAK)),--break) $(ARGS)

schemathesis: ## The running server, called from its OpenAPI document as each role of demo.json
	@.venv/bin/python tests/contract/schema_run.py $(ARGS)

test: ## The whole suite on a test cluster of its own (ARGS="tests/sync -x" for a part)
	@$(BOOT) test $(ARGS)

moves: ## The whole suite, then the rows of state tables that no test took (ARGS="tests/liaison" for a part)
	@$(BOOT) test -q --moves $(ARGS)

test-faults: ## SIGKILL, full disk, bad network … on a district of its own, promises compared (ARGS="--short")
	@$(BOOT) faults $(ARGS)

proof: ## The long runs: 1,000 examples, each fault eight times over; writes docs/proof.md
	@$(BOOT) proof $(ARGS)

test-clients: ## The example apps (WatermelonDB, RxDB) in Node against a server of their own, on a bad network
	@$(BOOT) test-clients $(ARGS)

story: ## Quarrels from the screening to the end, on a district of its own (ARGS="--only refusal")
	@$(BOOT) story mediation $(ARGS)

story-corrections: ## A year of three people in correction in fast motion, on a district of its own
	@$(BOOT) story corrections $(ARGS)

map-picture: ## The running demo district drawn by MapLibre GL JS without a network: docs/pictures
	@$(BOOT) map-picture $(ARGS)

lint: ## ruff, import-linter, budgets, migrations, OpenAPI, generated documents, mypy
	@$(BOOT) lint

stop: ## Stop what 'make run' started, also after it was killed
	@$(BOOT) stop

reset: ## Delete database, keys and logs of this folder; asks first (YES=1 does not)
	@$(BOOT) reset

manage: ## Django's manage.py on this installation: make manage ARGS="sync_check"
	@$(BOOT) manage $(ARGS)

address: ## Address of the private database with its password, for psql and pg_dump (ROLE=owner)
	@$(BOOT) address

docs: ## Write the generated documents: diagrams, law, settings, OpenAPI
	@$(BOOT) docs

openapi: ## Write docs/openapi.yaml
	@$(BOOT) openapi

setup: ## Install system packages and .venv only, with everything for tests
	@$(BOOT) setup

requirements: ## Pin requirements/*.in again (maintainers; needs uv)
	@$(BOOT) requirements

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

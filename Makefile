# Every target sets up .venv by itself from the hashed requirements files; nothing happens where nothing changed.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: chat run test check bench soak lock clean help

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

chat: .venv/run ## ask in the terminal
	@$(BIN)/attache chat

run: .venv/run ## start the bot on Discord
	@$(BIN)/attache run

test: .venv/dev ## run all tests but the long ones, on every core
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: .venv/dev ## lint, format, types and the knowledge base
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/attache check

bench: .venv/dev ## speed, as ratios within one run
	@$(BIN)/python -m tests.bench

soak: .venv/dev ## the long tests
	@$(BIN)/python -m pytest -m soak

lock: ## pin anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --extra build -o requirements.txt pyproject.toml
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --extra build --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## remove what was set up and built
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

# pip refuses --require-hashes together with an editable install, so the project itself comes second, without dependencies.
.venv/run: requirements.txt pyproject.toml
	@echo "setting up .venv (a minute, when something changed)" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

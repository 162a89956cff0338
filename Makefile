# make run    first look: set up, run the plan, show the targets and where the figures are
# make test   set up and check everything that fits in some minutes
# Everything is kept in .venv; a second call finds it there. Needs Python 3.11 or later and a package registry.

VENV := .venv
BIN := $(VENV)/bin
# Left out, the first of these that is 3.11 or later; looked up only when the environment is made.
PYTHON ?=
CANDIDATES := python3.11 python3.12 python3.13 python3
WORKERS ?= 2
# Compiles the model in one process before several read the cache: Numba's writers race (numba issue 4807).
COMPILE = $(BIN)/python -c "from sim.ensemble import simulate; from sim.scenario import load; simulate(load('plan'), 1)"

.DEFAULT_GOAL := help
.PHONY: help run test nightly readme golden answers mechanisms odd clean

help: ## show this
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: $(VENV)/.installed ## set up and run scenarios/plan.yaml
	$(BIN)/roadmap run scenarios/plan.yaml

test: $(VENV)/.installed-dev ## set up, lint, check types and layers, run the tests
	$(BIN)/ruff check sim tests docs
	$(BIN)/ruff format --check --quiet sim tests docs
	$(BIN)/mypy sim
	$(BIN)/lint-imports
	@$(COMPILE)
	$(BIN)/python -m pytest -n $(WORKERS) -m "not nightly"

nightly: $(VENV)/.installed-dev ## what is too long for make test: slow tests, no compilation, checked bounds
	@$(COMPILE)
	$(BIN)/python -m pytest -n $(WORKERS) -m nightly
	NUMBA_DISABLE_JIT=1 ROADMAP_CACHE=off $(BIN)/python -m pytest -n $(WORKERS) -m "not nightly" tests/rules tests/draws tests/parameters
	NUMBA_BOUNDSCHECK=1 ROADMAP_CACHE=$(CURDIR)/$(VENV)/bounds-cache $(COMPILE)
	NUMBA_BOUNDSCHECK=1 ROADMAP_CACHE=$(CURDIR)/$(VENV)/bounds-cache $(BIN)/python -m pytest -n $(WORKERS) -m "not nightly"

readme: $(VENV)/.installed ## run the plan again for the README's table and figure
	$(BIN)/python docs/readme.py

answers: $(VENV)/.installed ## run every shipped scenario for the answers of `roadmap scenarios`; some minutes
	$(BIN)/python docs/answers.py

mechanisms: $(VENV)/.installed ## switch every mechanism off, one by one, for docs/mechanisms.md; some minutes
	$(BIN)/python docs/mechanisms.py

odd: $(VENV)/.installed ## write the generated tables of docs/odd.md anew
	$(BIN)/python docs/odd.py

golden: $(VENV)/.installed-dev ## write the golden results of the tests anew; say why in CHANGELOG.md
	$(BIN)/python tests/golden/golden.py

clean: ## remove the environment and what tools leave behind; results stay
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are made last, so that an installation broken off is taken up again.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(BIN)/python:
	@python='$(PYTHON)'; \
	for candidate in $${python:-$(CANDIDATES)}; do \
	  if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "roadmap needs Python 3.11 or later; name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 2; fi; \
	echo "Setting up $(VENV) with $$($$found --version), once: about a minute."; \
	$$found -m venv $(VENV) || { rm -rf $(VENV); echo "$$found cannot make environments (Debian, Ubuntu: apt install python3-venv)" >&2; exit 2; }

# Everything a contributor or an operator runs. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
HUB := .venv/bin/hub
PIP := -m pip --disable-pip-version-check --no-input

.PHONY: help run test lint format bench conversations lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.installed .venv-rasa/.installed ## Set everything up, then serve the assistant on http://127.0.0.1:8000
	@$(HUB) prepare
	@exec $(HUB) serve

test: .venv/.installed-dev .venv-rasa/.installed ## Set up what the tests need, then run them all
	@.venv/bin/python -m pytest

lint: .venv/.installed-dev ## Check style, types and the direction of imports
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: .venv/.installed-dev ## Rewrite the code in the house style
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: .venv/.installed-dev ## Measure search and understanding beside what one would pick instead
	.venv/bin/python -m benchmarks.search

conversations: .venv/.installed-dev .venv-rasa/.installed ## Write docs/conversations and docs/dialogue.md again, as they are now
	.venv/bin/python -m connectors.rasa.picture > docs/dialogue.md
	.venv/bin/python -m tests.end_to_end.conversations

lock: .venv/.installed-dev ## Write the versions now installed to requirements.lock
	.venv/bin/python $(PIP) freeze --exclude-editable | sed "s/+cpu$$//" | sort -f > requirements.lock

clean: ## Remove both environments and the built models (not the database)
	rm -rf .venv .venv-rasa var/nlu var/rasa var/search

.PHONY: python-3.11
python-3.11:
	@command -v $(PYTHON) >/dev/null || { echo "Il faut Python 3.11. Sous Debian 12 : apt-get install python3.11 python3.11-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "$(PYTHON) n'est pas Python 3.11 : indiquez-le avec PYTHON=/chemin/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Il manque le module venv. Sous Debian 12 : apt-get install python3.11-venv"; exit 1; }

.venv/.installed: requirements.lock pyproject.toml | python-3.11
	@echo "→ Application : installation dans .venv (quelques minutes la première fois)"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@.venv/bin/python $(PIP) install --constraint requirements.lock --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed
	@echo "→ Outils de test : installation dans .venv"
	@.venv/bin/python $(PIP) install --constraint requirements.lock --editable '.[dev]'
	@touch $@

.venv-rasa/.installed: bot/rasa/requirements.lock | python-3.11
	@echo "→ Moteur de dialogue Rasa : installation dans .venv-rasa (une à deux minutes la première fois)"
	@test -x .venv-rasa/bin/python || $(PYTHON) -m venv .venv-rasa
	@.venv-rasa/bin/python $(PIP) install --no-deps --ignore-requires-python --requirement $<
	@touch $@

# Policy Tracker. On a fresh clone with python3 (3.11 or newer) and make:
#   make run     the site with its demo record on http://127.0.0.1:8000/
#   make test    everything that we check

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
CATALOGS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-input --progress-bar off --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links
# By another name, because `make -n` runs every line that says MAKE.
AGAIN := $(MAKE) --no-print-directory
# Settings as in production, for checks only.
PRODUCTION := env -u DEBUG -u DATABASE_URL SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" ALLOWED_HOSTS=example.org

.PHONY: help run test lint bench screenshots stop lock chromium \
	lint-style lint-types lint-templates lint-plan lint-migrations lint-production
help:
	@sed -n 's/^## //p' Makefile

## make run          the site with its demo record on http://127.0.0.1:8000/ (PORT=8001 for another port)
run: .venv/ready-to-run $(CATALOGS)
	@DEBUG=1 SITE_URL="$${SITE_URL:-http://127.0.0.1:$(PORT)}" PYTHONUNBUFFERED=1 exec $(BIN)/python manage.py up --port $(PORT)

## make test         lint, then all tests, the browser's included
test: .venv/ready-to-test $(CATALOGS) chromium
	@$(AGAIN) --keep-going lint; lint=$$?; \
	$(BIN)/python -m pytest -n auto --dist worksteal; tests=$$?; \
	$(BIN)/python manage.py db --settings tests.settings stop >/dev/null; \
	[ $$lint = 0 ] || echo "Lint found something: see above the tests."; [ $$lint = 0 ] && [ $$tests = 0 ]

## make lint         style, types, templates, the plan of rooms and doors, migrations, production settings
lint: lint-style lint-types lint-templates lint-plan lint-migrations lint-production
lint-style: .venv/ready-to-test
	@echo "== style"; $(BIN)/ruff check . && $(BIN)/ruff format --check .
lint-types: .venv/ready-to-test
	@echo "== types"; $(BIN)/mypy .
lint-templates: .venv/ready-to-test
	@echo "== templates"; $(BIN)/djlint --lint --quiet templates
lint-plan: .venv/ready-to-test
	@echo "== plan of rooms and doors"; $(BIN)/lint-imports
lint-migrations: .venv/ready-to-test $(CATALOGS)
	@echo "== migrations"; $(BIN)/python manage.py makemigrations --check --dry-run --settings tests.settings
lint-production: .venv/ready-to-test $(CATALOGS)
	@echo "== production settings"; $(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

## make bench        the benchmarks; each prints ratios
bench: .venv/ready-to-test
	@missed=""; for file in benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python "$$file" || missed="$$missed $$file"; done; \
	[ -z "$$missed" ] || { echo "Missed its bar:$$missed"; exit 1; }

## make screenshots  pictures of every page kind, in screenshots/
screenshots: .venv/ready-to-test $(CATALOGS) chromium
	@DEBUG=1 $(BIN)/python -m tests.browser.screenshots

## make stop         ends the embedded databases
stop:
	@[ ! -x $(BIN)/python ] || $(BIN)/python manage.py db stop
	@[ ! -e .venv/ready-to-test ] || $(BIN)/python manage.py db --settings tests.settings stop

## make lock         pins all packages with their hashes, from the requirements files
lock: .venv/bin/python
	@[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet "$$(sed -n 's/^\(uv==[^ ]*\).*/\1/p' requirements-dev.txt)"
	@$(LOCK) requirements.txt --output-file requirements.lock
	@$(LOCK) requirements-dev.txt --constraint requirements.lock --output-file requirements-dev.lock

# -- what the targets above need

.venv/ready-to-run: requirements.lock
	@$(MAKE) --no-print-directory .venv/bin/python
	@echo "Installing the packages of requirements.lock …"
	@$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/ready-to-test: requirements-dev.lock
	@$(MAKE) --no-print-directory .venv/bin/python
	@echo "Installing the packages of requirements-dev.lock …"
	@$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; PYTHON=python3.12 make … names another one."; exit 1; }
	@echo "Making the virtual environment .venv …"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "python3 cannot make virtual environments. On Debian: apt-get install python3-venv"; exit 1; }

%.mo: %.po
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# Tests in a browser need Debian's Chromium and a Korean font; without them they are skipped, and pytest says so.
chromium:
	@command -v chromium >/dev/null && fc-list :lang=ko 2>/dev/null | grep -q . && exit 0; \
	install="apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends chromium fonts-noto-cjk fontconfig"; \
	if ! command -v apt-get >/dev/null; then \
	  echo "No Chromium with a Korean font here: the browser tests will be skipped."; \
	elif [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium for the browser tests …"; \
	  { apt-get -q update && DEBIAN_FRONTEND=noninteractive $$install; } >/dev/null \
	    || echo "Chromium could not be installed: the browser tests will be skipped."; \
	else \
	  echo "No Chromium with a Korean font: the browser tests will be skipped. Once: sudo $$install"; \
	fi

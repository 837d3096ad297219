# Two commands matter: `make dashboard` and `make test`. Each sets up what it needs.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# Debian's packages that the browser and database tests need, and a Japanese font for pictures.
DEBIAN := chromium postgresql fonts-noto-cjk

.PHONY: dashboard test lint benchmark screenshots clean debian

dashboard: $(VENV)/.app
	$(BIN)/tachiba run seeds
	$(BIN)/tachiba dashboard --port $(PORT)

test: $(VENV)/.test debian lint
	$(BIN)/python -m pytest -n auto -m "not benchmark and not browser"
	@# Alone: beside other tests a browser on two cores is so slow that clicks and redraws overtake each other.
	$(BIN)/python -m pytest -m "browser and not benchmark"

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy dashboard.py

benchmark: $(VENV)/.test
	$(BIN)/python -m pytest -m benchmark -s tests/benchmarks

screenshots: $(VENV)/.test debian
	$(BIN)/python -m tests.screenshots

# Installed where this user may; otherwise the tests that need them are skipped by name.
debian:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  dpkg -s $(DEBIAN) >/dev/null 2>&1 || { apt-get -qq update && \
	  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(DEBIAN) >/dev/null; }; \
	fi

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "python3-venv is missing: as root, apt-get install python3-venv"; exit 2; }

$(VENV)/.app: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --editable '.[test]'
	@touch $@ $(VENV)/.app

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info

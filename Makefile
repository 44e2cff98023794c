# Every command a developer needs.  `make` alone lists them.

LOCK  := requirements.lock
STAMP := .venv/.installed
UV    ?= uv
# How many processes run the tests.
JOBS  ?= 2
# Which database is measured, sqlite or postgresql, and further options, such as BENCH="--seconds 10 --only create".
STORE ?= sqlite
BENCH ?=

# The first Python that is new enough and can make a virtual environment; PYTHON=... overrules it.
NEW_ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
CANDIDATES := python3.13 python3.12 python3.11 python3 python

.DEFAULT_GOAL := help
.PHONY: help install demo test test-slow check format stubs bench bench-growth bench-client lock clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: $(STAMP)  ## make .venv with exactly what requirements.lock names, and Icosa in it

$(STAMP): $(LOCK) pyproject.toml
	@python=; for each in $(or $(PYTHON),$(CANDIDATES)); do \
	  if "$$each" -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then python="$$each"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "make install: none of these is Python 3.11 or newer with the modules venv and ensurepip: $(or $(PYTHON),$(CANDIDATES))." >&2; \
	  echo "Install one (on Debian: apt install python3 python3-venv), or name yours: make install PYTHON=/path/to/python3" >&2; \
	  exit 1; \
	fi; \
	"$$python" -m venv --clear .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)  ## fill a sample workspace and show the main job on it
	@.venv/bin/icosa demo

test: $(STAMP)  ## run the fast tests and the conformance recordings
	.venv/bin/python -m pytest -n $(JOBS) -m "not slow"

test-slow: $(STAMP)  ## run the tests that take long
	.venv/bin/python -m pytest -n $(JOBS) -m slow

check: $(STAMP)  ## lint, look at the format, check the types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

format: $(STAMP)  ## mend format and order of imports
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .

stubs: $(STAMP)  ## write the shipped types anew, after the standard catalogue was changed
	.venv/bin/python -m icosa.surfaces.stubs

bench: $(STAMP)  ## measure side by side with the floor, into docs/performance.md too (STORE=postgresql; needs wrk)
	STORE=$(STORE) .venv/bin/python -m bench.run --write-docs $(BENCH)

bench-growth: $(STAMP)  ## measure what growth to a million people costs (STORE=postgresql; minutes, gigabytes)
	STORE=$(STORE) .venv/bin/python -m bench.growth --write-docs $(BENCH)

bench-client: $(STAMP)  ## measure importing and exporting a million people (minutes, gigabytes)
	.venv/bin/python -m bench.client --write-docs $(BENCH)

lock:  ## choose versions anew within pyproject.toml's ranges (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock: uv is not there; install it, or name yours: make lock UV=/path/to/uv" >&2; exit 1; }
	$(UV) pip compile pyproject.toml --upgrade --universal --all-extras --group dev --generate-hashes \
	  --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet --output-file $(LOCK)

clean:  ## remove what was built or installed here
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .schemathesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# Every command a developer needs.  `make` alone lists them.

LOCK   := requirements.lock
# Which command needs which of the lock's packages: the demo few, tests most, checks all.
LEVELS := requirements.levels
UV     ?= uv
COMPILE = $(UV) pip compile pyproject.toml --universal --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet
# How many processes run the tests.
JOBS  ?= 2
# Which database is measured, sqlite or postgresql, and further options, such as BENCH="--seconds 10 --only create".
STORE ?= sqlite
BENCH ?=

# The first Python that is new enough and can make a virtual environment; PYTHON=... overrules it.
NEW_ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
CANDIDATES := python3.13 python3.12 python3.11 python3 python

define SELECT
FNR == NR { level[$$1] = $$2; next }
/^[a-z0-9]/ { split($$0, name, "=="); of = level[name[1]]; kept = of == "demo" || of == wanted || wanted == "check" }
kept
endef

# Says which package it is at, and whatever pip says beside that, where somebody sees it; ends as pip ended.
define TELL
/^Collecting / { if (++at % 10 == 1) { split($$2, name, "=="); printf "  %d %s …\n", at, name[1] } }
/^Installing collected/ { print "  unpacking them" }
/^exit / { ended = $$2; exit }
!/^ *(WARNING|Collecting|Processing|Downloading|Using cached|Ignoring|Requirement|Looking|Installing|Successfully|Obtaining|Preparing|Building|Created|Stored|Checking)/ && NF { print }
{ fflush() }
END { exit ended }
endef

export SELECT TELL

define install
@awk -v wanted=$(1) "$$SELECT" $(LEVELS) $(LOCK) > .venv/$(1).txt
@if [ ! -t 1 ] && [ -t 2 ]; then exec >&2; fi; all=$$(grep -c '^[a-z0-9]' .venv/$(1).txt); echo "Installing into .venv what $(2): $$all packages, $(3) in all"; \
{ .venv/bin/python -m pip install --disable-pip-version-check --no-color --progress-bar off --no-compile \
  --require-hashes -r .venv/$(1).txt 2>&1; echo "exit $$?"; } | awk "$$TELL"
endef

define needs_uv
@command -v $(UV) >/dev/null || { echo "make $(1): uv is not there; install it, or name yours: make $(1) UV=/path/to/uv" >&2; exit 1; }
endef

.DEFAULT_GOAL := help
.PHONY: help install demo test test-slow test-lowest resolve coverage check format stubs bench bench-growth bench-client bench-embedded bench-watching bench-console bench-peers pictures lock clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: .venv/.test  ## make .venv with Icosa, all that it can use and what its tests need

.venv/.python: $(LOCK) $(LEVELS) pyproject.toml
	@python=; for each in $(or $(PYTHON),$(CANDIDATES)); do \
	  if "$$each" -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then python="$$each"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "make: none of these is Python 3.11 or newer with the modules venv and ensurepip: $(or $(PYTHON),$(CANDIDATES))." >&2; \
	  echo "Install one (on Debian: apt install python3 python3-venv), or name yours: make install PYTHON=/path/to/python3" >&2; \
	  exit 1; \
	fi; \
	"$$python" -m venv --clear .venv
	@touch $@

.venv/.demo: .venv/.python
	$(call install,demo,the demo needs,110 MB)
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: .venv/.demo
	$(call install,test,Icosa can use and its tests need,870 MB)
	@touch $@

.venv/.check: .venv/.test
	$(call install,check,checks need,900 MB)
	@touch $@

demo: .venv/.demo  ## fill a sample workspace and show the main job on it
	@.venv/bin/icosa demo

test: install  ## run the fast tests and the conformance recordings
	.venv/bin/python -m pytest -n $(JOBS) -m "not slow"

test-slow: install  ## run the tests that take long
	.venv/bin/python -m pytest -n $(JOBS) -m slow

coverage: install  ## run the fast tests, measured: fails too where they reach too little of the code
	rm -rf build/coverage
	mkdir -p build/coverage
	@failed=; \
	.venv/bin/coverage run -m pytest -n $(JOBS) -m "not slow" || failed=", a test"; \
	.venv/bin/python -m tests.covered || failed="$$failed, what tests reach"; \
	if [ -n "$$failed" ]; then echo "make coverage: what failed is $${failed#, }" >&2; exit 1; fi

test-lowest:  ## run the fast tests on the lowest versions that pyproject.toml allows (needs uv)
	$(call needs_uv,test-lowest)
	@mkdir -p build
	$(UV) venv --quiet --clear --seed --python ">=3.11" build/lowest
	$(UV) pip install --quiet --python build/lowest/bin/python --resolution lowest-direct --group build --group test --editable '.[all]' 'httpx>=0.28'  # older Starlettes test with it
	build/lowest/bin/python -m pytest -n $(JOBS) -m "not slow"

resolve: install  ## look whether Icosa can be installed beside dlt, Prefect, Dagster and Airflow (needs uv)
	UV=$(UV) .venv/bin/python -m pytest -rs -m slow tests/architecture/test_beside_others.py

check: .venv/.check  ## lint, look at the format, check the types: all three, whatever the first of them finds
	@failed=; for each in "ruff check ." "ruff format --check ." mypy; do \
	  echo ".venv/bin/$$each"; .venv/bin/$$each || failed="$$failed, $${each% .}"; \
	done; \
	if [ -n "$$failed" ]; then echo "make check: something was found by $${failed#, }" >&2; exit 1; fi

format: .venv/.check  ## mend format and order of imports
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .

stubs: install  ## write the shipped types anew, after the standard catalogue was changed
	.venv/bin/python -m icosa.stubs

bench: install  ## measure side by side with the floor, into docs/performance.md too (STORE=postgresql; needs wrk)
	STORE=$(STORE) .venv/bin/python -m bench.run --write-docs $(BENCH)
	$(if $(filter sqlite,$(STORE)),.venv/bin/python -m bench.versions --write-docs $(BENCH))

bench-growth: install  ## measure what growth to a million people costs (STORE=postgresql; minutes, gigabytes)
	STORE=$(STORE) .venv/bin/python -m bench.growth --write-docs $(BENCH)

bench-client: install  ## measure importing and exporting a million people, and moving workspaces (minutes, gigabytes)
	.venv/bin/python -m bench.client --write-docs $(BENCH)
	.venv/bin/python -m bench.moving

bench-embedded: install  ## measure importing and exporting in one process, beside bare SQL (minutes)
	.venv/bin/python -m bench.embedded --write-docs $(BENCH)

bench-watching: install  ## measure what the access log and the numbers cost (BENCH="--before OTHER_CHECKOUT --in-process"; minutes)
	.venv/bin/python -m bench.watching $(BENCH)

bench-peers: install  ## measure beside PocketBase, which is installed into a folder of its own (needs wrk)
	.venv/bin/python -m bench.peers --write-docs $(BENCH)

bench-console: install  ## measure a page of the console, and the API beside it (needs wrk; minutes, gigabytes)
	.venv/bin/python -m bench.console --write-docs $(BENCH)

pictures: install  ## make the pictures of docs/console.md anew (needs Chromium)
	.venv/bin/python -m bench.pictures

lock:  ## choose versions anew within pyproject.toml's ranges (needs uv)
	$(call needs_uv,lock)
	$(COMPILE) --upgrade --all-extras --group dev --generate-hashes --output-file $(LOCK)
	@mkdir -p build
	@$(COMPILE) --all-extras --group dev -c $(LOCK) --output-file build/check
	@$(COMPILE) --all-extras --group build --group test -c $(LOCK) --output-file build/test
	@$(COMPILE) --extra server --group build -c $(LOCK) --output-file build/demo
	@cd build && awk '{ sub(/[ =;].*/, ""); level[$$0] = FILENAME } END { for (name in level) print name, level[name] }' check test demo \
	  | LC_ALL=C sort > ../$(LEVELS)

clean:  ## remove what was built or installed here
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .schemathesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# Everything a user, a developer or CI does with this project. `make help` lists it.

SEEDS ?= seeds
OUTPUT ?= output
LOCKS ?= requirements
MINUTES ?= 10
TARGETS ?= $(notdir $(wildcard tests/fuzz/corpus/*))
VENV := .venv
BIN := $(VENV)/bin
UV = UV_NATIVE_TLS=1 VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv

# The first interpreter that is one of the supported versions; `make PYTHON=/path/to/python3.12 run` chooses another.
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(if $(filter ok,$(shell $(p) -c "$(SUPPORTED)" 2>/dev/null && echo ok)),$(p))))

.DEFAULT_GOAL := help
.PHONY: help run test test-spark airflow-test flink-setup flink-test soak test-pythons fuzz check audit lock-check setup setup-dev evaluate bench dictionary report-assets lock format clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1@\2/' | column -t -s@

run: setup ## read SEEDS (default: seeds) and write the datasets to OUTPUT (default: output)
	@$(BIN)/migration-events run --seeds "$(SEEDS)" --output "$(OUTPUT)"

setup: $(VENV)/.run ## set up .venv with what the pipeline needs

setup-dev: $(VENV)/.dev ## set up .venv with what tests and checks need as well

test: setup-dev ## run the tests
	@$(BIN)/pytest -n 2 --dist loadfile

test-spark: setup-dev $(VENV)/spark/.done ## read the output with Spark (needs Java; downloads half a gigabyte)
	@PYTHONPATH="$(VENV)/spark" $(BIN)/pytest tests/spark

airflow-test: setup-dev $(VENV)/airflow/.done ## the DAG of deploy/airflow in a real Airflow (1.6 GB on disk)
	@AIRFLOW_PYTHON="$(CURDIR)/$(VENV)/airflow/bin/python" $(BIN)/pytest tests/airflow

flink-setup: setup-dev $(VENV)/flink/.libraries $(VENV)/flink/.job-server ## download Flink and Beam's job server for it

flink-test: flink-setup ## the same rows on a Flink cluster on this machine (needs Java 17 and Maven; minutes)
	@MIGRATION_EVENTS_FLINK="$(CURDIR)/$(VENV)/flink" $(BIN)/pytest -s tests/pipeline/flink

soak: setup-dev ## 200 feeds followed by 20 runs while they change and fail (minutes)
	@$(BIN)/pytest -s tests/soak/soak.py

test-pythons: ## the whole command on each supported Python that there is; all must find the same events
	@first=; for version in 3.11 3.12 3.13; do \
	  python=; for p in python$$version $$HOME/.pyenv/versions/$$version.*/bin/python; do \
	    if $$p -c "import sys; sys.exit(f'{sys.version_info.major}.{sys.version_info.minor}' != '$$version')" 2>/dev/null; then python=$$p; fi; done; \
	  if [ -z "$$python" ]; then echo "make: NOT TESTED with Python $$version, which is not here" >&2; continue; fi; \
	  env=$(VENV)/pythons/$$version; $(MAKE) --no-print-directory VENV=$$env PYTHON=$$python setup && \
	  bash tests/supply/end_to_end.sh $$env/bin $$env/events.csv && cmp $$env/events.csv $${first:=$$env/events.csv} && \
	  echo "Tested with $$($$env/bin/python --version)" || exit 1; \
	done; test -n "$$first" || { echo "make: no Python 3.11, 3.12 or 3.13 found" >&2; exit 2; }

fuzz: setup-dev $(VENV)/fuzz/.done ## feed parsers with broken bytes, MINUTES (10) of the processor each; TARGETS="html warc" for some
	@for target in $(TARGETS); do \
	  PYTHONPATH="$(VENV)/fuzz" $(BIN)/python tests/fuzz/fuzz.py $$target $(MINUTES) .fuzz/$$target || exit 1; done

audit: setup $(VENV)/audit/.done ## look for known vulnerabilities in what is pinned, where the list of them can be reached
	@PYTHONPATH="$(VENV)/audit" bash tests/supply/audit.sh "$(BIN)/python -m pip_audit" requirements/bootstrap.lock requirements/dev.lock

lock-check: $(VENV)/.uv ## whether `make lock` would change nothing, and what is pinned is there for Python 3.11, 3.12 and 3.13
	@fresh=$$(mktemp -d) && cp -r requirements setup.py pyproject.toml $$fresh/ && $(MAKE) --no-print-directory lock LOCKS=$$fresh/requirements && \
	  diff -r requirements $$fresh/requirements && rm -r $$fresh
	@for version in 3.11 3.12 3.13; do for lock in run dev; do \
	  $(UV) pip compile -q --python-version $$version --only-binary :all: --generate-hashes requirements/$$lock.lock -o /dev/null || exit 1; \
	  done; echo "What is pinned is there for Python $$version"; done

check: setup-dev ## types, lint, format, stale generated files, known vulnerabilities
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	@$(BIN)/migration-events schema | diff -u docs/data-dictionary.md - || { \
	  echo "make: docs/data-dictionary.md is stale; run: make dictionary" >&2; exit 1; }
	@$(BIN)/migration-events schema --crosswalks | diff -u docs/crosswalks.md - || { \
	  echo "make: docs/crosswalks.md is stale; run: make dictionary" >&2; exit 1; }
	@$(MAKE) --no-print-directory audit

evaluate: setup-dev ## measure on the shared records, where they are (MIGRATION_EVENTS_SHARED, default ../shared)
	@$(BIN)/python benchmarks/evaluate.py

bench: setup-dev ## measure speed and memory (an hour)
	@for part in incremental throughput relevant_only coding memory; do $(BIN)/python benchmarks/$$part.py || exit 1; done

.PHONY: bench-datatrove
bench-datatrove: setup-dev $(VENV)/datatrove/.done ## measure against datatrove on the same pages (downloads 200 MB)
	@$(BIN)/python benchmarks/datatrove/compare.py "$(VENV)/datatrove/bin/python"

$(VENV)/datatrove/.done: benchmarks/datatrove/requirements.txt
	@$(PYTHON) -m venv --clear $(VENV)/datatrove
	@$(VENV)/datatrove/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

dictionary: setup-dev ## generate docs/data-dictionary.md and docs/crosswalks.md again
	@$(BIN)/migration-events schema > docs/data-dictionary.md
	@$(BIN)/migration-events schema --crosswalks > docs/crosswalks.md

report-assets: ## build pipeline/report/vendor again from the versions in report-assets/package.json (needs Node and npm)
	@cd report-assets && npm ci --ignore-scripts --no-fund --no-audit --silent && npm run --silent build

format: setup-dev ## format the code and sort the imports
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: $(VENV)/.uv ## pin the dependencies again, with hashes, for Python 3.11 to 3.13
	@cd $(LOCKS) && for set in "bootstrap.in -o bootstrap.lock" "../setup.py run.in -o run.lock" "../setup.py run.in dev.in -o dev.lock" "spark.in -o spark.lock" "airflow.in -o airflow.lock" "fuzz.in -o fuzz.lock" "audit.in -o audit.lock"; do \
	  UV_NATIVE_TLS=1 $(CURDIR)/$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	    --custom-compile-command 'make lock' $$set || exit 1; done

$(VENV)/spark/.done: requirements/spark.lock
	@$(UV) pip install --quiet --require-hashes --no-deps --target $(VENV)/spark --requirement requirements/spark.lock
	@touch $@

$(VENV)/fuzz/.done $(VENV)/audit/.done: $(VENV)/%/.done: requirements/%.lock
	@$(UV) pip install --quiet --require-hashes --no-deps --target $(VENV)/$* --requirement $<
	@touch $@

$(VENV)/airflow/.done: requirements/airflow.lock
	@$(BIN)/python -m venv --clear --without-pip $(VENV)/airflow
	@UV_NATIVE_TLS=1 VIRTUAL_ENV=$(CURDIR)/$(VENV)/airflow $(BIN)/uv pip sync --quiet --require-hashes requirements/airflow.lock
	@touch $@

$(VENV)/flink/.libraries: requirements/flink.lock
	@$(UV) pip install --quiet --require-hashes --no-deps --target $(VENV)/flink --requirement requirements/flink.lock
	@touch $@

$(VENV)/flink/.job-server: deploy/flink/pom.xml
	@mvn --quiet --batch-mode --file deploy/flink/pom.xml -DbuildDirectory="$(CURDIR)/$(VENV)/flink/job-server" package
	@touch $@

clean: ## remove .venv and what tools left behind (never OUTPUT)
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.uv: requirements/bootstrap.lock
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11, 3.12 or 3.13 found; name one: make PYTHON=/path/to/python3.12 run" >&2; exit 2; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "make: $(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements/run.lock setup.py
	@test -e $(VENV)/.dev || $(UV) pip sync --quiet --require-hashes requirements/bootstrap.lock requirements/run.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.uv requirements/dev.lock setup.py
	@$(UV) pip sync --quiet --require-hashes requirements/bootstrap.lock requirements/dev.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

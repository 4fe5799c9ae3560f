# Two commands for a machine that has only Python 3.11+ and make:
#   make demo   reads, reviews, measures, scores, explains and publishes the worked example, and opens its web page
#   make test   runs the tests
# Each makes its own virtual environment (.venv) when there is none; uv is used when it is there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Tests on all cores, each file by one process.
SPREAD := -n auto --dist loadfile
SAMPLE := examples/hengyang-2023.txt
ACTUALS := examples/hengyang-2023-actuals.csv
RECORDS := out/records
STORE := out/store
SERVE := $(BIN)/hengliang serve --home out/web
SHOWN := --demo $(SAMPLE) --actuals $(ACTUALS) --records $(RECORDS)
MEASURED := --store $(STORE) --year 2023 --bindings $(RECORDS)/bindings-synthetic.toml

.PHONY: demo stop web test test-web check lint types imports docs lock translations fuzz bench spark clean

demo: $(READY)
	$(BIN)/hengliang read $(SAMPLE)
	@# Findings are the point of the demo: exit code 1 says that there are errors among them.
	$(BIN)/hengliang review $(SAMPLE) || test $$? -eq 1
	$(BIN)/hengliang export $(SAMPLE) --as xlsx -o out/hengyang-2023.xlsx
	$(BIN)/hengliang review $(SAMPLE) --format docx -o out/hengyang-2023-review.docx || test $$? -eq 1
	@# The records are synthetic (合成数据), with planted faults: some rows are blocked, some questioned.
	$(BIN)/hengliang ledger synthesize -o $(RECORDS)
	$(BIN)/hengliang ledger load-folder $(RECORDS) --store $(STORE) --year 2023 --org 430400
	$(BIN)/hengliang score $(SAMPLE) $(MEASURED) --need 良 --timeout 600
	$(BIN)/hengliang trace $(SAMPLE) 1 $(MEASURED) > out/hengyang-2023-trace-1.txt
	head -n 30 out/hengyang-2023-trace-1.txt
	$(BIN)/hengliang publish $(SAMPLE) $(MEASURED) -o out/hengyang-2023-result.zip
	$(BIN)/hengliang verify out/hengyang-2023-result.zip
	@# Fills the web application with this year once, which takes a minute; make stop ends it.
	$(SERVE) $(SHOWN) --background --open

# Ends the web application that `make demo` left running.
stop: $(READY)
	$(SERVE) --stop

# The same web application in this terminal, until Ctrl+C.
web: $(READY)
	test -d $(RECORDS) || $(BIN)/hengliang ledger synthesize -o $(RECORDS)
	$(SERVE) $(SHOWN) --open

test: $(READY)
	$(BIN)/python -m pytest $(SPREAD)

# The web application's own tests, on the database that HENGLIANG_DATABASE_URL names; the browser's are in `test`.
test-web: $(READY)
	$(BIN)/python -m pytest $(SPREAD) tests/web --ignore tests/web/static --ignore tests/web/journeys

check: lint types imports docs-check

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/bandit --quiet --configfile pyproject.toml --severity-level medium --recursive src

types: $(READY)
	$(BIN)/pyright --pythonpath $(BIN)/python

imports: $(READY)
	$(BIN)/lint-imports

docs: $(READY)
	$(BIN)/python scripts/make_reference.py

docs-check: $(READY)
	$(BIN)/python scripts/make_reference.py --check
	$(BIN)/python scripts/translations.py --check

translations: $(READY)
	$(BIN)/python scripts/translations.py

bench: $(READY)
	$(BIN)/python -m benchmarks.run

# The third engine of the metrics, so that its tests run too. Needs Java.
spark: $(READY)
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-spark.lock; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock; \
	fi

fuzz: $(READY)
	$(BIN)/python -m pytest tests/fuzz

# Pins every dependency with its hashes. Needs uv.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" pyproject.toml --extra web --extra production --group dev -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" --group spark -o requirements-spark.lock

$(READY): requirements-dev.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  test -x $(BIN)/python || uv venv --quiet --python $(PYTHON) $(VENV); \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
	  test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	@touch $@

clean:
	test ! -x $(BIN)/hengliang || $(SERVE) --stop
	rm -rf $(VENV) out

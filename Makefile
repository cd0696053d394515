# The commands of the project; Windows equivalents stand at the top of the README.
PYTHON ?= python3
PY := .venv/bin/python

.DEFAULT_GOAL := run
.PHONY: run test test-all oracle check build bench lock clean

# Installed sets are remembered by a stamp, so that a second `make run` starts at once.
.venv/run.stamp: requirements.lock pyproject.toml
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

run: .venv/run.stamp
	$(PY) -m dashboard

build: .venv/run.stamp
	$(PY) -m pipelines build

# A file stays with one worker, so that what its tests share is made once.
test: .venv/dev.stamp
	$(PY) -m pytest -n 2 --dist loadfile

# Everything, slow ones too; here a skipped test is a failure.
test-all: .venv/dev.stamp
	$(PY) -m pytest -n 2 -m "slow or not slow" --no-skips

# How far the engine agrees with the golden values of the reference packages, as a table.
oracle: .venv/dev.stamp
	$(PY) -m tests.oracle

check: .venv/dev.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

# The peers live in an environment of their own; a peer that cannot be installed is missing from the tables.
benchmarks/.peers/stamp: benchmarks/peers.lock | .venv/run.stamp
	$(PY) -m benchmarks.peers_env

bench: benchmarks/.peers/stamp .venv/run.stamp
	$(PY) -m benchmarks

lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra install pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra install --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 benchmarks/peers.in -o benchmarks/peers.lock

clean:
	rm -rf .venv benchmarks/.peers data/marts .pytest_cache .mypy_cache .ruff_cache

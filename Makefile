# The atlas from a fresh clone: `make run` serves it, `make test` checks it.
#
# GNU make and a POSIX shell. Settings, given as NAME=value behind the target:
#   PORT     where `make run` serves (8501)
#   ADDRESS  the address that it listens on (localhost; 0.0.0.0 for every network)
#   DATA     a folder laid out like data/, for run and the commands of curators
#   OLD NEW  the two folders that `make changes` compares (NEW: data)
#   ARGS     further options of the command behind a target, such as ARGS=--dry-run
#   JOBS     how many processes run the tests (2)
#   CI       true: tests at their full size, with the share of geo/ that they run (90 % or more)
#   PYTHON   the interpreter that .venv is made from (python3; 3.11 or newer)

PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= localhost

VENV := .venv
BIN := $(VENV)/bin
MADE := $(VENV)/.made
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
BROWSER := $(VENV)/.browser
# of the versions that .venv was made from, for the test that compares them
CONSTRAINTS := $(VENV)/.constraints
FRESH := build/fresh
# dash-leaflet, which `make bench` measures beside the atlas; not needed for anything else
PEERS := build/peers
OLDEST := build/oldest
PIP := pip install --quiet --disable-pip-version-check

# a folder given in the environment (ATLAS_DATA) counts where DATA is not given
WITH_DATA = $(if $(DATA),ATLAS_DATA="$(DATA)")

# to count lines doubles the time that Python takes, so only the full run does it
COVERAGE = $(if $(filter true,$(CI)),--cov=geo --cov-report=term:skip-covered --cov-fail-under=90)

.DEFAULT_GOAL := help
.PHONY: help setup run dev test lint check tidy enter worklist sources changes release geocode words messages tables names assets bench gallery load attack constraints oldest clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: $(DEVELOPMENT) ## create .venv for development, and find browsers and nginx
	@$(BIN)/python tools/find_browser.py > $(BROWSER)
	@$(BIN)/python tools/find_firefox.py > /dev/null
	@$(BIN)/python tools/find_nginx.py > /dev/null
	@$(BIN)/python tools/find_readers.py > /dev/null

run: $(RUNTIME) ## serve the atlas on http://localhost:8501 (PORT=, ADDRESS=, DATA=)
	$(WITH_DATA) $(BIN)/streamlit run app.py --server.port $(or $(PORT),8501) \
		--server.address $(or $(ADDRESS),localhost) $(ARGS)

dev: $(DEVELOPMENT) ## serve it as `make run` does, and show each change of the code at once (PORT=, DATA=)
	$(WITH_DATA) $(BIN)/streamlit run app.py --server.port $(or $(PORT),8501) \
		--server.address $(or $(ADDRESS),localhost) --server.fileWatcherType auto \
		--server.runOnSave true $(ARGS)

test: setup lint ## run every check: style, types, the ledger and all tests, browser tests included (CI=true)
	@ATLAS_BROWSER="$$(cat $(BROWSER))" $(BIN)/python -m pytest \
		-n $(or $(JOBS),2) --dist loadfile --no-loadscope-reorder $(COVERAGE) $(ARGS)
	@test -s $(BROWSER) || echo "The browser tests were NOT RUN: no browser was found (see above)."

lint: $(DEVELOPMENT) ## check style, types, imports, docstrings, style sheets, templates, the ledger
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/docstrings.py
	$(BIN)/python tools/style_sheets.py --check
	$(BIN)/djlint --lint --quiet geo/views/templates
	$(BIN)/python -m geo check

check: $(RUNTIME) ## check the ledger and list every problem (DATA=, ARGS=--json)
	@$(WITH_DATA) $(BIN)/python -m geo check $(ARGS)

tidy: $(RUNTIME) ## show where files are not in their standard form (DATA=, ARGS=--write rewrites them)
	@$(WITH_DATA) $(BIN)/python -m geo tidy $(ARGS)

enter: $(RUNTIME) ## write the day of new and changed rows into entered.csv, which the feeds go by (DATA=)
	@$(WITH_DATA) $(BIN)/python -m geo enter $(ARGS)

changes: $(RUNTIME) ## list the differences between two data folders (OLD=, NEW=, ARGS=--json)
	@test -n "$(OLD)" || { echo "Name the older folder: make changes OLD=path/to/older" >&2; exit 1; }
	@$(BIN)/python -m geo changes "$(OLD)" "$(or $(NEW),$(DATA),data)" $(ARGS)

release: $(RUNTIME) ## publish the current ledger (DATA=, ARGS='--reason ID=TEXT --signed-off ROLE …')
	@$(WITH_DATA) $(BIN)/python -m geo release $(ARGS)

geocode: $(DEVELOPMENT) ## look up the places that lack a row in places.csv (DATA=, ARGS=--online)
	@$(WITH_DATA) $(BIN)/python -m geo geocode $(ARGS)

worklist: $(RUNTIME) ## list what editors have to look at: thin sourcing, open questions (DATA=, ARGS='--kind no_outcome --csv')
	@$(WITH_DATA) $(BIN)/python -m geo worklist $(ARGS)

sources: $(RUNTIME) ## enter archived copies that a person has opened (DATA=, ARGS='--archive FILE.csv --write')
	@$(WITH_DATA) $(BIN)/python -m geo sources $(ARGS)

words: $(RUNTIME) ## write docs/LATEST_WORDS.md, the sentence of each record, for review (DATA= and ARGS='--to FILE')
	@$(WITH_DATA) $(BIN)/python -m geo words $(ARGS)

messages: $(DEVELOPMENT) ## collect reader-facing texts into geo/locale/atlas.pot, for translators
	@$(BIN)/python tools/messages.py

tables: $(DEVELOPMENT) ## write the table of the link's parameters into docs/ARCHITECTURE.md
	@$(BIN)/python tools/tables.py

names: $(DEVELOPMENT) ## write the other names of the ledger's places, by which a search finds them
	@$(BIN)/python tools/build_names.py

assets: $(DEVELOPMENT) ## write the style sheets' palette, the map's land, and the checksums of geo/assets
	@$(BIN)/python tools/style_sheets.py
	@$(BIN)/python tools/build_land.py
	@$(BIN)/python tools/build_overview_land.py
	@$(BIN)/python tools/seal_assets.py

gallery: setup ## take screenshots of every page in every window and theme (ARGS=--references: those of the tests)
	@ATLAS_BROWSER="$$(cat $(BROWSER))" $(BIN)/python tools/gallery.py $(ARGS)

bench: setup $(PEERS)/.made ## measure first loads, clicks and sessions beside other pages (ARGS='loads clicks sessions')
	@ATLAS_BROWSER="$$(cat $(BROWSER))" $(BIN)/python -m tools.bench $(ARGS)

load: setup ## load-test share pages and data alongside open dashboards, and print timings
	@ATLAS_BROWSER="$$(cat $(BROWSER))" $(BIN)/python tools/load.py $(ARGS)

attack: $(DEVELOPMENT) ## attack the atlas on this machine as a stranger could, and print what it took (ARGS='log upload')
	@$(BIN)/python -m tools.attack $(ARGS)

constraints: | $(MADE) ## write constraints.txt: what the requirements bring in today, to the exact version
	@rm -rf $(FRESH) && $(BIN)/python -m venv $(FRESH)
	@echo "Installing the newest versions that the requirements allow into $(FRESH) …"
	@$(FRESH)/bin/python -m $(PIP) -r requirements-dev.txt
	@{ echo "# Written by \`make constraints\`: versions that the tests have passed with. Whoever renews"; \
		echo "# it runs \`make test\` with it before it is committed."; \
		$(FRESH)/bin/python -m pip freeze; } > $(FRESH)/constraints.txt
	@mv $(FRESH)/constraints.txt constraints.txt

oldest: | $(MADE) ## run the tests without a browser with the oldest versions of requirements.txt (ARGS=)
	@rm -rf $(OLDEST) && $(BIN)/python -m venv $(OLDEST)
	@echo "Installing the oldest versions that requirements.txt allows into $(OLDEST) …"
	@sed -n 's/^\([a-z0-9-]*\)>=\([0-9.]*\),.*/\1==\2/p' requirements.txt > $(OLDEST)/oldest.txt
	@$(OLDEST)/bin/python -m $(PIP) -r requirements-dev.txt -c $(OLDEST)/oldest.txt
	@$(OLDEST)/bin/python -m pytest -n $(or $(JOBS),2) --dist loadfile --ignore tests/browser $(ARGS)

$(PEERS)/.made: tools/bench/peers/requirements.txt | $(MADE)
	@rm -rf $(PEERS) && mkdir -p build && $(BIN)/python -m venv $(PEERS)
	@echo "Installing dash-leaflet into $(PEERS), to measure it beside the atlas …"
	@$(PEERS)/bin/python -m $(PIP) -r $< && touch $@ || { rm -rf $(PEERS); \
		echo "dash-leaflet could not be installed: the figures will be without it."; }

clean: ## remove caches and reports (.venv stays; delete it to set up afresh)
	rm -rf .coverage .coverage.* htmlcov build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is newer than what it was made from, so a second set-up costs nothing.
# A .venv that somebody has made by hand is kept; what a broken attempt has left is not, for
# a folder without pip would stay useless.
$(MADE):
	@command -v $(PYTHON) > /dev/null || { \
		echo "The atlas needs Python 3.11 or newer, and there is no $(PYTHON)." \
			"On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The atlas needs Python 3.11 or newer; $(PYTHON) is older." \
			"Choose another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || { rm -rf $(VENV); $(PYTHON) -m venv $(VENV); } || { \
		rm -rf $(VENV); echo "Python's venv module is missing or incomplete." \
			"On Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(RUNTIME): requirements.txt constraints.txt | $(MADE)
	@echo "Installing the requirements into $(VENV); this takes a minute or two …"
	$(BIN)/python -m $(PIP) -r requirements.txt -c constraints.txt
	@cp constraints.txt $(CONSTRAINTS)
	@touch $@

$(DEVELOPMENT): requirements.txt requirements-dev.txt constraints.txt | $(MADE)
	@echo "Installing the development requirements into $(VENV); this takes a few minutes …"
	$(BIN)/python -m $(PIP) -r requirements-dev.txt -c constraints.txt
	@cp constraints.txt $(CONSTRAINTS)
	@touch $(RUNTIME) $@

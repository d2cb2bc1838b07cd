# Everything that is done with this repository. `make` alone lists the targets.
#
# Needs Python 3.11 or newer with venv, and make; the rest is installed into $(VENV), at the versions
# in requirements.lock, and again whenever the requirements change. What an owner needs works without
# make as well: `pip install -r requirements.txt`, then `bibfolio build`, `check`, `doctor`, `serve`.

PYTHON     ?= python3
# For `make test-newest`.
NEWEST     ?= python3.13
VENV       ?= .venv
# Options for each command, for instance BUILDOPTS='-- -j 1', SERVEOPTS='--port 8001',
# CHECKOPTS=--fix, DOCTOROPTS=--online, BENCHOPTS='--sizes 100 --runs 1', LOCKOPTS=--upgrade.
BUILDOPTS  ?=
SERVEOPTS  ?=
CHECKOPTS  ?=
DOCTOROPTS ?=
BENCHOPTS  ?=
LOCKOPTS   ?=
# Two processes; each takes whole files, so that what a file builds is built once, in their order,
# so that the browser tests come last. For instance PYTESTOPTS='-k bib'.
PYTESTOPTS ?= -n 2 --dist loadfile --no-loadscope-reorder

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Stamps: written last, and removed first. After a failure there is none, and the next run begins again.
MADE := $(VENV)/.made
SITE := $(VENV)/.site-installed
DEV  := $(VENV)/.dev-installed

.DELETE_ON_ERROR:
.PHONY: help site serve check doctor test test-all test-oldest test-newest unit lint fuzz peer-tests format docs pictures audit bench lock

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# -- the site ----------------------------------------------------------------------------------

site: $(SITE) ## Build the site into _build/site/
	@$(BIN)/bibfolio build --strict $(BUILDOPTS)

serve: $(DEV) ## Preview at 127.0.0.1:8000 that follows your edits
	@$(BIN)/bibfolio serve $(SERVEOPTS)

check: $(SITE) ## Say what is wrong in refs.bib, without building (CHECKOPTS=--fix to mend it)
	@$(BIN)/bibfolio check $(CHECKOPTS)

# Of what was built just now, so that nothing is judged by an old page.
doctor: site ## Say what is wrong with the built site (DOCTOROPTS=--online for links elsewhere)
	@$(BIN)/bibfolio doctor $(DOCTOROPTS)

# -- the package -------------------------------------------------------------------------------

# The assignment stands alone: a failing command inside VAR="$(...)" pytest would go unnoticed.
TEST = chromium=$$($(BIN)/python tools/find_chromium.py --install) && \
       BIBFOLIO_CHROMIUM="$$chromium" $(BIN)/python -m pytest $(PYTESTOPTS)

test: lint ## Check everything: lint, types, imports, tests (installs a Chromium if there is none)
	$(TEST) -m "not slow and not every_page"

test-all: lint ## The same with every page, mode and zoom in the browser, and with what is slow
	$(TEST)

# Both ends of what the package accepts, each in a virtual environment of its own, without the lock.
ENDS = $(PYTHON_OF) -m venv $(VENV)-$@ && \
       $(VENV)-$@/bin/python -m pip --quiet install --upgrade -e '.[serve]' \
         -r requirements-dev.txt $(WITH) && \
       $(VENV)-$@/bin/python -m pytest $(PYTESTOPTS) -m "not slow" tests/unit tests/build tests/site

test-oldest: PYTHON_OF = $(PYTHON)
test-oldest: WITH = "sphinx==9.0.*" "pydata-sphinx-theme==0.20.0"
test-oldest: ## Run the tests without browser with the oldest Sphinx and theme that are accepted
	@$(ENDS)

test-newest: PYTHON_OF = $(NEWEST)
test-newest: ## The same with the newest of all packages (NEWEST=python3.14 for another Python)
	@$(ENDS)

unit: $(DEV) ## Run the fast tests only: no Sphinx, no browser
	$(BIN)/python -m pytest tests/unit $(PYTESTOPTS)

lint: $(DEV) ## Check style, layout, types and imports of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fuzz: $(DEV) ## Try 10,000 mistakes in refs.bib, and what is left to chance 500 times (ten minutes)
	BIBFOLIO_MUTATIONS=10000 BIBFOLIO_EXAMPLES=500 $(BIN)/python -m pytest tests/unit $(PYTESTOPTS)

# It fetches the source of sphinxcontrib-bibtex, once.
peer-tests: $(DEV) ## Build sphinxcontrib-bibtex's own test roots without and with bibfolio, and compare
	@$(BIN)/python -m tools.peer_tests

format: $(DEV) ## Lay out the code and repair what can be repaired
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: $(DEV) ## Write the tables of the documents and the schema of profile.toml again, from the code
	$(BIN)/python -m tools.document

# The same on every machine with the same Chromium and fonts: take them where they were taken before.
pictures: $(DEV) site ## Take the pictures of README.md again, from a new build of the site
	$(BIN)/python -m tools.pictures _build/site

# Bytes and requests are an ordinary test; this looks at what a browser makes of them.
audit: $(DEV) site ## Measure the site with Lighthouse (needs Node)
	$(BIN)/python -m tools.audit _build/site

bench: $(DEV) ## Measure builds and pages beside the stock stack, with nothing else running
	$(BIN)/python -m benchmarks $(BENCHOPTS)

# One lock for every platform and every Python from 3.11 on, at versions that all of them can have.
# They stay as they are unless LOCKOPTS says so. It needs no more than uv, since requirements that
# contradict the old lock cannot be installed yet, and is made in a folder of its own, so that no path
# gets into it. No hashes: pip 23.2 (Python 3.11.7) and 25.1 (3.13.5) refuse them in a constraints
# file; 26.3 would not.
lock: $(MADE) ## Make requirements.lock again (LOCKOPTS=--upgrade for newer versions)
	@$(PIP) install -c requirements.lock uv
	@mkdir -p _build/lock
	@cp pyproject.toml requirements.lock requirements-dev.txt _build/lock/
	@cd _build/lock && $(abspath $(BIN))/uv --quiet pip compile --universal --python-version 3.11 \
	  --fork-strategy fewest --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command 'make lock' $(LOCKOPTS) \
	  --extra serve -o requirements.lock pyproject.toml requirements-dev.txt
	@cp _build/lock/requirements.lock requirements.lock

# -- what is installed -------------------------------------------------------------------------

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is not. Name one: make PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) has no venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(SITE): requirements.txt requirements.lock pyproject.toml $(MADE)
	@rm -f $@
	@echo "Installing what the site needs into $(VENV)/"
	@$(PIP) install -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(SITE)
	@rm -f $@
	@echo "Installing what tests and checks need into $(VENV)/"
	@$(PIP) install -r requirements.txt -r requirements-dev.txt
	@touch $@

# Everything that is done with this repository. `make` alone lists the targets.
#
# Needs Python 3.11 or newer with venv, make and git; the rest is installed into $(VENV), at the
# versions in requirements.lock, and again whenever the requirements change.

PYTHON     ?= python3
VENV       ?= .venv
# -n: a reference to nothing is a warning. -W: a warning fails the build, after all were shown.
SPHINXOPTS ?= -n -W --keep-going
JOBS       ?= auto
PORT       ?= 8000
# Two processes; the browser tests share them. For instance PYTESTOPTS='-k bib'.
PYTESTOPTS ?= -n 2
# For instance CHECKOPTS=--fix, or CHECKOPTS='--format json'.
CHECKOPTS  ?=
# For instance DOCTOROPTS=--online, or DOCTOROPTS='--format json'.
DOCTOROPTS ?=
# For instance BENCHOPTS='--sizes 100 --runs 1'.
BENCHOPTS  ?=
# For instance LOCKOPTS=--upgrade, or LOCKOPTS='--upgrade-package sphinx'.
LOCKOPTS   ?=

PY   := $(VENV)/bin/python
PIP  := $(PY) -m pip --quiet --disable-pip-version-check
MADE := $(VENV)/.made
SITE := $(VENV)/.site-installed
DEV  := $(VENV)/.dev-installed

.DELETE_ON_ERROR:
.PHONY: help site serve check doctor test lint types unit fuzz format docs pictures audit bench lock clean distclean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Always from nothing: a warning in an unchanged page is not shown twice, so a second try at a
# broken site would pass. The site of before stays until the new one is complete: whatever ends the
# build, a warning or a full disk, leaves it as it was.
site: $(SITE) ## Build the site into _build/site/
	@mkdir -p _build
	@rm -rf _build/new _build/doctrees
	$(PY) -m sphinx -b dirhtml -d _build/doctrees -j $(JOBS) $(SPHINXOPTS) . _build/new
	@rm -rf _build/site
	@mv _build/new _build/site
	@echo "The site is in _build/site/. To look at it, either"
	@echo "  $(PYTHON) -m http.server --bind 127.0.0.1 --directory _build/site $(PORT)"
	@echo "and open http://127.0.0.1:$(PORT)/, or 'make serve' for a preview that follows your edits."

# A folder of its own, begun from nothing: Sphinx re-reads pages when they change, not when the code
# in bibfolio/ does, so start `make serve` again after editing that. Warnings do not stop the preview.
# What a build writes into the source tree is ignored, or each build would start the next.
serve: $(DEV) ## Preview at 127.0.0.1:8000 that follows your edits (PORT=8001 for another port)
	@rm -rf _build/serve _build/serve-doctrees
	$(PY) -m sphinx_autobuild --host 127.0.0.1 --port $(PORT) \
	  --ignore _build --ignore papers --ignore tests --ignore .hypothesis --ignore $(VENV) \
	  --re-ignore /__pycache__/ \
	  -b dirhtml -t preview -d _build/serve-doctrees -j $(JOBS) -n . _build/serve

# Silent if there is nothing to say. Not under test, which builds the site, and says the same.
check: $(SITE) ## Say what is wrong in refs.bib, without building (CHECKOPTS=--fix to mend it)
	@$(PY) -m bibfolio.check $(CHECKOPTS)

# Of what was built just now, so that nothing is judged by an old page.
doctor: $(SITE) site ## Say what is wrong with the built site (DOCTOROPTS=--online for links elsewhere)
	@$(PY) -m bibfolio.doctor $(DOCTOROPTS) _build/site

# The assignment stands alone: a failing command inside VAR="$(...)" pytest would go unnoticed.
test: $(DEV) lint types ## Check everything: lint, types, all tests (installs a Chromium if there is none)
	chromium=$$($(PY) tools/find_chromium.py --install) && \
	  BIBFOLIO_CHROMIUM="$$chromium" $(PY) -m pytest $(PYTESTOPTS)

lint: $(DEV) ## Check style and layout of the code
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(DEV) ## Check the types
	$(PY) -m mypy

fuzz: $(DEV) ## Try 10,000 mistakes in refs.bib (a few minutes; `make test` tries 300)
	BIBFOLIO_MUTATIONS=10000 $(PY) -m pytest tests/unit/test_fuzz.py $(PYTESTOPTS)

unit: $(DEV) ## Run the fast tests only: no Sphinx, no browser
	$(PY) -m pytest tests/unit $(PYTESTOPTS)

format: $(DEV) ## Lay out the code and repair what can be repaired
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .

docs: $(DEV) ## Write the tables of README.md and ARCHITECTURE.md again, from the code
	$(PY) -m tools.document

# The same on every machine with the same Chromium and fonts: take them where they were taken before.
pictures: $(DEV) site ## Take the pictures of README.md again, from a new build of the site
	$(PY) -m tools.pictures _build/site

# Bytes and requests are an ordinary test; this looks at what a browser makes of them.
audit: $(DEV) site ## Measure the site with Lighthouse (needs Node)
	$(PY) -m tools.audit _build/site

# The tests count work, this takes time, with nothing else running. BENCHOPTS='--sizes 100 --runs 1' is
# a quick look. Pages are measured where there is a Chromium, and Node for Lighthouse.
bench: $(DEV) ## Measure builds and pages beside the stock stack
	$(PY) -m benchmarks $(BENCHOPTS)

# One lock for every platform and every Python from 3.11.0 on. The -c line is left out of the copies,
# else the old lock would bind the new one. Versions stay as they are unless LOCKOPTS says so. It
# needs no more than uv, since requirements that contradict the old lock cannot be installed yet.
# No hashes: pip 23.2 (Python 3.11.7) and 25.1 (3.13.5) refuse them in a constraints file; 26.3 would not.
lock: $(MADE) ## Make requirements.lock again (LOCKOPTS=--upgrade for newer versions)
	@$(PIP) install -c requirements.lock uv
	@mkdir -p _build/lock
	@for f in requirements.txt requirements-dev.txt; do sed '/^-c /d' $$f > _build/lock/$$f; done
	@cp requirements.lock _build/lock/
	@cd _build/lock && $(abspath $(PY)) -m uv --quiet pip compile --universal --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(LOCKOPTS) \
	  -o requirements.lock requirements-dev.txt
	@cp _build/lock/requirements.lock requirements.lock

# Of papers/ and of Python's caches only what was generated: anything else there is somebody's own.
CODE := benchmarks bibfolio tests tools
clean: ## Remove what was built, but not the virtual environment
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@if [ -d papers ]; then find papers -maxdepth 1 -type f -name '*.paper' \
	  -exec grep -q '^Generated from the bibliography\.' {} \; -exec rm -f {} \; ; fi
	@find $(CODE) -type f -path '*/__pycache__/*' -name '*.pyc' -exec rm -f {} +
	@rm -f __pycache__/*.pyc
	@find $(CODE) -depth -type d -name __pycache__ -exec rmdir {} + 2>/dev/null || true
	@rmdir papers __pycache__ 2>/dev/null || true

distclean: clean ## Remove the virtual environment as well
	@if [ -e $(VENV)/pyvenv.cfg ]; then rm -rf $(VENV); fi

# The stamps are written last, and removed first: after a failure there is none, and the next run
# begins again.
$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is not. Name one: make PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) has no venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(SITE): requirements.txt requirements.lock $(MADE)
	@rm -f $@
	@echo "Installing what the site needs into $(VENV)/"
	@$(PIP) install -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(SITE)
	@rm -f $@
	@echo "Installing what tests and checks need into $(VENV)/"
	@$(PIP) install -r requirements-dev.txt
	@touch $@

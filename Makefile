# Each target sets up what it needs. A fresh machine needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin
SPHINX := $(BIN)/sphinx-build -n -W --keep-going -j auto -d docs/_build/doctrees

.PHONY: help html zip pdf epub rtd release linkcheck serve test check mutation compat bench bench-pages picture sbom lock clean
help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 10

.venv/docs: docs/requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r docs/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/tests: .venv/docs tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@

.venv/bench: .venv/tests tests/bench/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/bench/requirements.txt
	@touch $@

html: .venv/docs  ## build the site into docs/_build/html
	$(SPHINX) -b html docs docs/_build/html

pdf: .venv/docs  ## build the book into docs/_build/pdf/latex (needs LuaLaTeX; says which packages of Debian are missing)
	@need="$$(.ci/tex-packages)"; test -z "$$need" || { echo "make pdf needs Debian's packages: apt-get install --no-install-recommends $$need" >&2; exit 1; }
	LATEXMKOPTS="-silent" $(BIN)/sphinx-build -M latexpdf docs docs/_build/pdf -n -W --keep-going -j auto

epub: .venv/docs  ## build the ePub
	$(SPHINX) -d docs/_build/epub-doctrees -b epub docs docs/_build/epub

rtd:  ## replay what Read the Docs does with what is committed, in a fresh clone and environment: FORMATS="html epub latex"
	.ci/rtd $(FORMATS)

VERSION = $(shell sed -n 's/^version: "\(.*\)"/\1/p' CITATION.cff)
RELEASE := docs/_build/release
release: export SOURCE_DATE_EPOCH = $(shell git log -1 --format=%ct)
release: export FORCE_SOURCE_DATE = 1
release: .venv/docs  ## pack site, data, records and book of what is committed into one archive, fit for a DOI (needs what pdf needs)
	@test -z "$$(git status --porcelain)" || { echo "make release packs what is committed: commit or put away what is not" >&2; exit 1; }
	@need="$$(.ci/tex-packages)"; test -z "$$need" || { echo "make release needs Debian's packages: apt-get install --no-install-recommends $$need" >&2; exit 1; }
	rm -rf $(RELEASE)
	$(BIN)/sphinx-build -q -n -W --keep-going -j auto -d $(RELEASE)/doctrees -b html docs $(RELEASE)/html
	LATEXMKOPTS="-silent" $(BIN)/sphinx-build -M latexpdf docs $(RELEASE)/pdf -n -W --keep-going -j auto
	$(BIN)/python .ci/release.py $(RELEASE)/html $(RELEASE)/pdf/latex/wsss-papers.pdf docs/_build/wsss-papers-$(VERSION).zip
	@cd docs/_build && sha256sum wsss-papers-$(VERSION).zip

linkcheck: .venv/docs  ## ask every address that a page links to, and report by page in docs/_build/linkcheck/report.md
	@rm -f docs/_build/linkcheck/output.json
	$(BIN)/sphinx-build -q -d docs/_build/linkcheck-doctrees -b linkcheck docs docs/_build/linkcheck || test -f docs/_build/linkcheck/output.json
	$(BIN)/sphinx-papers links docs/_build/linkcheck/output.json -o docs/_build/linkcheck/report.md

zip: .venv/docs  ## build the site with a zip of itself, to be read from a disk
	$(SPHINX) -t zip -b html docs docs/_build/html

serve: .venv/docs  ## preview with live reload
	$(BIN)/sphinx-autobuild -d docs/_build/doctrees --watch papers --watch extensions --ignore '*/_build/*' docs docs/_build/html

test: .venv/tests  ## run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile

check: .venv/tests  ## lint, types, layers, records and pages
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sphinx-papers check

mutation: .venv/tests  ## change single places of model and formats, and say which changes no test notices: NUMBER=50 SEED=1 MINUTES=0
	$(BIN)/python -m tests.mutation --number $(or $(NUMBER),50) --seed $(or $(SEED),1) --minutes $(or $(MINUTES),0)

compat: .venv/tests  ## run the glue's tests on the oldest and the newest versions that pyproject.toml allows
	tests/compat.sh oldest
	tests/compat.sh newest

bench: .venv/bench  ## measure the cost beside plain Sphinx and its peers: SIZES="100 1000", SUBJECTS="floor ours ..."
	$(BIN)/python -m tests.bench $(if $(SIZES),--sizes $(SIZES)) $(if $(SUBJECTS),--subjects $(SUBJECTS))

bench-pages: .venv/tests  ## measure what long tables weigh and how fast they are filtered: needs Chromium
	$(BIN)/python -m tests.bench.pages

picture: .venv/tests  ## renew the picture in the README from the site as it was built last: needs Chromium
	$(BIN)/python -m tests.site.picture

sbom: .venv/tests  ## list what is installed, with versions and licences, as CycloneDX JSON in docs/_build/sbom.cdx.json
	@mkdir -p docs/_build
	$(BIN)/cyclonedx-py environment --output-reproducible --of JSON -o docs/_build/sbom.cdx.json $(BIN)/python

lock: .venv/tests  ## renew the lock files within the ranges of pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra sphinx --group docs -o docs/requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra sphinx --group docs --group test -c docs/requirements.txt -o tests/requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group bench -c tests/requirements.txt -o tests/bench/requirements.txt

clean:  ## remove what was built
	rm -rf docs/_build .venv

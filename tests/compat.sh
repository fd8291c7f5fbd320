#!/usr/bin/env bash
# The glue's tests on the oldest or the newest versions that pyproject.toml allows on this Python.
# usage: tests/compat.sh oldest|newest [FOLDER OF THE ENVIRONMENT]
set -euo pipefail
cd "$(dirname "$0")/.."

edge=${1:?say oldest or newest}
folder=${2:-.venv/compat-$edge}
case $edge in
  oldest) resolution=lowest-direct ;;
  newest) resolution=highest ;;
  *) echo "say oldest or newest, not $edge" >&2; exit 2 ;;
esac

uv=${UV:-.venv/bin/uv}
"${PYTHON:-python3}" -m venv --clear "$folder"
# What the package needs is taken to the edge; the tools that test it are the usual ones.
"$uv" pip install -q --python "$folder/bin/python" --resolution "$resolution" ".[sphinx]"
"$uv" pip freeze -q --python "$folder/bin/python" | grep -v '^sphinx-papers' >"$folder/edge.txt"
"$uv" pip install -q --python "$folder/bin/python" -c "$folder/edge.txt" \
  bibtexparser furo==2025.12.19 html5lib hypothesis jsonschema pystemmer pytest pytest-xdist rispy sphinx-design
"$uv" pip uninstall -q --python "$folder/bin/python" sphinx-papers
"$folder/bin/python" --version
grep -E '^(docutils|myst-parser|sphinx|sphinxcontrib-bibtex)==' "$folder/edge.txt"
# Old packages use what is deprecated since; in the pinned ones a warning is an error.
PYTHONPATH="$PWD/extensions" "$folder/bin/python" -m pytest -q -n "${WORKERS:-auto}" --dist loadfile -o filterwarnings=default "${TESTS:-tests/sphinx_ext}"

"""Which pages a change makes out of date: those that show it, and no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sphinx import addnodes

from sphinx_papers.formats.storage.files import write_bytes
from sphinx_papers.sphinx_ext.config import state_folder
from sphinx_papers.sphinx_ext.context import paper_context
from sphinx_papers.sphinx_ext.failures import clear_errors
from sphinx_papers.sphinx_ext.reading.project import MountedProject

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

_READING = "reading"


def _reading(app: Sphinx) -> Path:
    """Return the file that names the documents which are being read."""
    return state_folder(app) / _READING


def begin_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Note which documents are about to be read.

    If the build is stopped before the environment is stored, they are as read then, and all that
    the environment says of them is older.
    """
    if docnames:
        with clear_errors("keep what is read"):
            write_bytes(state_folder(app), _READING, json.dumps(docnames).encode())


def end_reading(app: Sphinx, *_: object) -> None:
    """Note that the environment is stored."""
    _reading(app).unlink(missing_ok=True)


def _interrupted(app: Sphinx) -> set[str]:
    """Return the documents that a build was reading when it was stopped."""
    try:
        return set(json.loads(_reading(app).read_bytes()))
    except FileNotFoundError:
        return set()
    except (OSError, ValueError, TypeError):
        return set(app.env.found_docs)  # some of them, nobody knows which


def reread(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the documents to read again, beside those whose own file changed."""
    domain = paper_context(env)
    outdated = set(domain.outdated())
    assert isinstance(app.project, MountedProject)
    mounted = app.project.mounted()
    before = domain.data["mounted"]
    # Of another file now: one in the source directory hides a mounted one of its name.
    moved = {docname for docname in env.all_docs if before.get(docname) != mounted.get(docname)}
    domain.data["mounted"] = mounted
    if outdated or added or removed or not domain.data["objects"]:
        domain.note_objects()
    return sorted(outdated | moved | (_interrupted(app) & env.found_docs))


def note_toctrees(app: Sphinx, doctree: nodes.document) -> None:
    """Note what the environment does not say of the toctrees of the document that was read.

    Whether titles of documents below it are shown; and all entries, where there are captions,
    titles of their own or addresses elsewhere among them.
    """
    docname = app.env.current_document.docname
    toctrees = list(doctree.findall(addnodes.toctree))
    if not toctrees:
        return
    data = paper_context(app.env).data
    if app.env.toctree_includes.get(docname):
        data["hidden"][docname] = all(toctree["hidden"] for toctree in toctrees)
    parts = [(toctree.get("caption") or "", toctree["entries"]) for toctree in toctrees]
    plain = all(
        not caption and title is None and entry in app.env.found_docs
        for caption, entries in parts
        for title, entry in entries
    )
    if not plain:
        data["toctrees"][docname] = parts


def spare_hidden(app: Sphinx, builder: Builder) -> None:
    """Keep Sphinx from writing pages again for the titles in toctrees that they do not show.

    It writes every page above one that is written. The environment is pickled by now, and
    its check that each document is in a toctree is done.
    """
    hidden: dict[str, bool] = paper_context(builder.env).data["hidden"]
    for above in builder.env.files_to_rebuild.values():
        above.difference_update([docname for docname in above if hidden.get(docname)])

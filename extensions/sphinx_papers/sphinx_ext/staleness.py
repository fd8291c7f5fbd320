"""Which pages a change makes out of date: those that show it, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_papers.sphinx_ext.domain import paper_domain
from sphinx_papers.sphinx_ext.project import MountedProject

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def reread(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the documents to read again, beside those whose own file changed."""
    domain = paper_domain(env)
    outdated = set(domain.outdated())
    assert isinstance(app.project, MountedProject)
    mounted = app.project.mounted()
    before = domain.data["mounted"]
    # Of another file now: one in the source directory hides a mounted one of its name.
    moved = {docname for docname in env.all_docs if before.get(docname) != mounted.get(docname)}
    domain.data["mounted"] = mounted
    if outdated or added or removed or not domain.data["objects"]:
        domain.note_objects()
    return sorted(outdated | moved)

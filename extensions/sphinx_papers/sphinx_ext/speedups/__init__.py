"""Faster versions of what Sphinx and MyST work out anew for each page, though it is the same or simple.

A table of few replacements, each put in its place when a build begins and taken away when it
ends. What one gives is to the letter what it stands for; what is not as simple as it thinks is left to that.
None is needed: where another version has no such name, or one that takes other arguments, it
is left out, ``-v`` says so, and the build goes on. ``papers_savings = False`` leaves out all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_papers.sphinx_ext.speedups import memory
from sphinx_papers.sphinx_ext.speedups.replaced import Speedups

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_FIRST, _LATE = 100, 900


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the speed-ups; a site that has nothing else of this package may ask for them alone."""
    speedups = Speedups()
    memory.collect_again()

    def connect(event: str, handler: Callable[..., None], priority: int = 500) -> None:
        def if_wanted(app: Sphinx, *arguments: Any) -> None:
            if wanted(app):
                handler(app, *arguments)

        app.connect(event, if_wanted, priority)

    connect("config-inited", memory.spare, _FIRST)
    connect("builder-inited", memory.spare, _LATE)
    connect("env-before-read-docs", memory.spare)
    connect("env-before-read-docs", speedups.begin)
    connect("source-read", memory.let_go_of_trees)
    connect("doctree-read", speedups.read)
    connect("doctree-resolved", speedups.resolved)
    connect("html-page-context", memory.let_go_of_pickles)
    connect("build-finished", memory.leave, _LATE)
    app.connect("builder-inited", lambda app: memory.pack_environment(app.env, packed=wanted(app)))
    app.connect("build-finished", speedups.end)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def wanted(app: Sphinx) -> bool:
    """Say whether the project leaves the speed-ups on; without the rest of this package they have no option."""
    return bool(getattr(app.config, "papers_savings", True))

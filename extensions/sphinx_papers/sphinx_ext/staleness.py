"""Which pages a change makes out of date: those that show it, and no other."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sphinx_papers.sphinx_ext.domain import paper_domain
from sphinx_papers.sphinx_ext.navigation import Navigation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def reread(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the documents that show something of the library that has changed."""
    domain = paper_domain(env)
    outdated = sorted(domain.outdated())
    env.domaindata["paper"]["library"] = domain.library_digest
    return outdated


def rewrite(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the documents whose surroundings changed, though they did not themselves.

    Sphinx writes a page again when it was read again. What it shows around a page (its
    neighbours, the sections above, the navigation) comes from other documents.
    """
    data = env.domaindata["paper"]
    before: dict[str, str] = data["relations"]
    relations = env.collect_relations()
    navigation = Navigation(env)
    titles = {docname: node.astext() for docname, node in env.titles.items()}
    now: dict[str, str] = {}
    for docname in sorted(env.found_docs):
        _, previous, following = relations.get(docname, (None, None, None))
        near = [
            [other, titles.get(other or "", "")]
            for other in (*navigation.above(docname), previous, following)
        ]
        shown = repr((near, navigation.digest(docname)))
        now[docname] = hashlib.blake2b(shown.encode(), digest_size=8).hexdigest()
    data["relations"] = now
    paper_domain(env).begin_writing()
    return [docname for docname, shown in now.items() if before.get(docname, shown) != shown]

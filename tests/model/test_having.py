from __future__ import annotations

from collections.abc import Callable

import pytest

from sphinx_papers.model.records.having import HAVING, PERMISSIVE, is_permissive
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper, Repository
from sphinx_papers.model.tables.select import parse_selection, select


def code(licence: str = "", weights: str = "", masks: str = "", *, name: str = "a") -> Repository:
    return Repository(url=f"https://git.example/{name}", licence=licence, weights=weights, masks=masks)


@pytest.mark.parametrize("licence", ["", "none", "other", "GPL-3.0-only", "CC-BY-4.0", "CC-BY-NC-4.0", "mit"])
def test_what_is_not_on_the_list_is_not_permissive(licence: str) -> None:
    assert not is_permissive(code(licence))


def test_the_list_has_what_code_is_usually_under() -> None:
    assert {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC"} <= PERMISSIVE
    assert not any(licence.startswith(("GPL", "LGPL", "AGPL", "MPL", "CC")) for licence in PERMISSIVE)


@pytest.mark.parametrize(
    ("repositories", "words"),
    [
        ((), set()),
        ((code(),), {"code"}),
        ((code("none", "no", "no"),), {"code"}),
        ((code("MIT"),), {"code", "permissive-licence"}),
        ((code("none", "yes", "yes"),), {"code", "weights", "masks"}),
        ((code("MIT", "yes"),), {"code", "permissive-licence", "weights", "baseline"}),
        # Each is there, but not in one repository.
        ((code("none", "yes"), code("MIT", "no", name="b")), {"code", "permissive-licence", "weights"}),
    ],
)
def test_what_a_paper_has_follows_from_its_repositories(
    make_paper: Callable[..., Paper], repositories: tuple[Repository, ...], words: set[str]
) -> None:
    paper = make_paper("p", code=repositories)
    assert {word for word, each in HAVING.items() if each.test(paper)} == words
    library = Library([paper])
    for word in HAVING:
        assert bool(select(library, parse_selection(library, {"has": word}))) == (word in words)

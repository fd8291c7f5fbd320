"""What a paper can have, by the words that selections and filters share: code and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sphinx_papers.model.records.paper import Paper, Repository

PERMISSIVE = frozenset(
    {
        "0BSD", "AFL-3.0", "Apache-1.1", "Apache-2.0", "BSD-1-Clause", "BSD-2-Clause", "BSD-2-Clause-Patent",
        "BSD-3-Clause", "BSL-1.0", "ECL-2.0", "Fair", "ISC", "MIT", "MIT-0", "MulanPSL-2.0", "NCSA",
        "PostgreSQL", "Python-2.0", "UPL-1.0", "Unlicense", "Zlib",
    }
)  # fmt: skip
"""SPDX identifiers of permissive licences.

The rule is the Open Source Initiative's, https://opensource.org/faq#permissive: a licence without
copyleft that guarantees the freedoms to use, modify and redistribute. Of the licences that it approved,
https://opensource.org/licenses, these are the ones that code is usually under. No Creative Commons
licence is among them.
"""


def is_permissive(code: Repository) -> bool:
    """Return whether the licence of *code* is known, and permissive."""
    return code.licence in PERMISSIVE


def is_baseline(code: Repository) -> bool:
    """Return whether one repository has all that a baseline needs: a permissive licence and weights."""
    return is_permissive(code) and code.weights == "yes"


class Having(NamedTuple):
    """Something that a paper may have."""

    name: str
    """What a filter calls it."""
    test: Callable[[Paper], object]
    filtered: bool = False
    """Whether tables offer it as a filter."""


HAVING: Mapping[str, Having] = {
    "arxiv": Having("arXiv", lambda paper: paper.arxiv),
    "baseline": Having("Permissive licence and weights", lambda p: any(map(is_baseline, p.code)), filtered=True),
    "code": Having("Code", lambda paper: paper.code, filtered=True),
    "doi": Having("DOI", lambda paper: paper.doi),
    "masks": Having(
        "Pseudo masks", lambda paper: any(code.masks == "yes" for code in paper.code), filtered=True
    ),
    "name": Having("Name", lambda paper: paper.names),
    "permissive-licence": Having(
        "Permissive licence", lambda paper: any(map(is_permissive, paper.code)), filtered=True
    ),
    "project": Having("Project page", lambda paper: paper.links.project),
    "reproductions": Having("Reproductions", lambda paper: paper.reproductions, filtered=True),
    "results": Having("Results", lambda paper: paper.results, filtered=True),
    "summary": Having("Summary", lambda paper: paper.summary),
    "weights": Having(
        "Trained weights", lambda paper: any(code.weights == "yes" for code in paper.code), filtered=True
    ),
}  # fmt: skip
"""By the word that ``has`` takes; ``baseline`` asks one repository for both, others may be met by several."""
FILTERED: Mapping[str, Having] = {word: each for word, each in HAVING.items() if each.filtered}
_OF_RESULTS = frozenset({"results"})
FILTERED_RESULTS: Mapping[str, Having] = {w: each for w, each in FILTERED.items() if w not in _OF_RESULTS}
"""What rows of results are asked; that there are results says nothing there."""

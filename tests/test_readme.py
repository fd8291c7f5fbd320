"""What the README claims of the collection."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sphinx_papers import Library, load

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT)


@pytest.mark.parametrize(
    ("claim", "count"),
    [
        (r"more than ([\d,]+) papers", len),
        (
            r"some ([\d,]+) of them with a\s+summary",
            lambda papers: sum(bool(p.summary) for p in papers.values()),
        ),
        (r"more than ([\d,]+) results", lambda papers: sum(len(p.results) for p in papers.values())),
    ],
)
def test_figures_are_no_boast_and_not_long_out_of_date(
    claim: str, count: Callable[[Library], int], library: Library
) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.search(claim, text)
    assert found
    claimed = int(found[1].replace(",", ""))
    assert claimed <= count(library) < 1.5 * claimed


def test_links_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"\]\(([^)#]+)", text)
    assert len(targets) > 8
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []

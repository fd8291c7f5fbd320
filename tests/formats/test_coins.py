from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_papers.formats.exports.coins import context_object
from sphinx_papers.formats.text.plain import one_line
from sphinx_papers.model.records.paper import Appearance, Paper
from sphinx_papers.model.records.person import Person
from sphinx_papers.model.records.registry import Registry


def test_a_paper_of_a_conference(registry: Registry, full_paper: Paper) -> None:
    assert parse_qsl(context_object(full_paper, registry)) == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft_id", "info:doi/10.1000/maps"),
        ("rft_id", "https://p.org/a_b?c=1&d=2"),
        ("rft_id", "https://arxiv.org/abs/2103.00001"),
        ("rft.genre", "proceeding"),
        ("rft.atitle", "Maps of CAMs in $x^2$ Ways"),
        ("rft.btitle", "Proceedings of the Conference on Vision (CVPR)"),
        ("rft.stitle", "CVPR"),
        ("rft.pub", "IEEE"),
        ("rft.volume", "7"),
        ("rft.pages", "10-19"),
        ("rft.spage", "10"),
        ("rft.epage", "19"),
        ("rft.date", "2021-06"),
        ("rft.aulast", "Zola"),
        ("rft.aufirst", "Émile"),
        ("rft.au", "Zola, Émile"),
        ("rft.au", "van den Hove, Ben"),
        ("rft.au", "King, Martin, Jr."),
        ("rft.au", "Google Research"),
    ]


@pytest.mark.parametrize(
    ("appearance", "form", "genre", "date"),
    [
        (None, "journal", "preprint", "2021-03-04"),
        (Appearance(venue="arxiv", year=2021), "journal", "preprint", "2021-03-04"),
        (Appearance(venue="pr", year=2022), "journal", "article", "2022"),
        (Appearance(venue="ws", year=2021), "book", "proceeding", "2021"),
    ],
)
def test_the_genre_is_that_of_the_venue(
    registry: Registry,
    full_paper: Paper,
    appearance: Appearance | None,
    form: str,
    genre: str,
    date: str,
) -> None:
    found = parse_qs(context_object(replace(full_paper, appearance=appearance), registry))
    assert found["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{form}"]
    assert (found["rft.genre"], found["rft.date"]) == ([genre], [date])


@settings(max_examples=60)
@given(data=st.data())
def test_any_text_comes_back(
    registry: Registry, hostile_papers: st.SearchStrategy[Paper], data: st.DataObject
) -> None:
    paper = data.draw(hostile_papers)
    text = context_object(paper, registry)
    assert text.isascii()
    assert text.isprintable()
    assert parse_qs(text)["rft.atitle"] == [one_line(paper.plain_title)]


def test_an_author_with_a_particle_keeps_it(registry: Registry, full_paper: Paper) -> None:
    authors = (Person("La Fontaine", "Jean", "de"), Person("Hove", "", "van den"))
    found = parse_qs(context_object(replace(full_paper, authors=authors), registry))
    assert found["rft.au"] == ["de La Fontaine, Jean", "van den Hove"]
    assert (found["rft.aulast"], found["rft.aufirst"]) == (["de La Fontaine"], ["Jean"])

# ruff: noqa: RUF001  what a page shows is compared as it is printed
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.sphinx_ext.conftest import text_of

from sphinx_papers.formats.exports.bibtex import write_bibtex
from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.storage.places import Places

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Page, Site


@pytest.fixture
def references(built: Built) -> Page:
    return built.page("references")


ENTRIES = {
    "fir2022late": "Late Evening, Early Morning. 2022. Page here",
    "alder2019mending": "Ada Alder, Béla Brook, and Eva van der Elm. Mending Song: Robin and NightJar Without Holes."
    " In Proceedings of WREN, 11–19, 2019. doi:10.1234/wren.2019.7. Page here",
    "birch2020whistle": "Bo Birch and Ada Alder. Whistle Transfer Between Neighbours."
    " Journal of Listening 4(2):e17, 2021. Page here",
    "cedar2021silent": "Łucja Cedar and 李 明. Silent Parts & <loud> Parts: ℓ1 *Versus* ℓ2. 2021."
    " arXiv:2105.00001. Page here",
    "dogwood2021chorus": "Dora Dogwood, Bela Brook, Ada Alder, and Olaf Oak, Jr. A Chorus of Models."
    " In Proceedings of WREN, 101–110, 2021. arXiv:2105.00002. Page here",
    "osier2011gaps": "Olga Osier and Jenny Wren. Counting Gaps in Dawn Recordings. Notes on Listening, 2011."
    " Built on by: Mend. Cited by: Copying from neighbours, Gap Counting, Showcase.",
    "reed2005ear": "Ralph Reed. The Patient Ear. 2005. Built on by: Whistler / W2. Cited by: Showcase.",
    "elm2022tuning": "Eva van der Elm. Tuning Without a Fork. 2022. Page here",
}  # fmt: skip


def test_the_bibliography_holds_papers_and_works(references: Page) -> None:
    entries = references.body.findall(".//ul[@class='sp-references']/li")
    assert {each.get("id"): text_of(each) for each in entries} == ENTRIES


def test_an_entry_of_a_paper_leads_to_its_page_and_that_of_a_work_does_not(references: Page) -> None:
    found = references.body.findall(".//ul[@class='sp-references']/li")
    links = {
        each.get("id"): [address for text, address in references.links(each) if text == "Page here"]
        for each in found
    }
    assert links == {
        key: [f"papers/{key}.html"] if text.endswith("Page here") else [] for key, text in ENTRIES.items()
    }


def test_a_work_names_the_pages_that_cite_it_and_follows_them(built_site: Site) -> None:
    def cited(site: Built) -> list[tuple[str, str]]:
        page = site.page("references")
        return page.links(page.one(".//li[@id='reed2005ear']"))

    built_site.append("docs/methods/waiting.md", "\nAs in {cite:t}`reed2005ear`.\n")
    again = built_site.build()
    assert "references" not in again.read
    assert cited(again) == [
        ("Whistler / W2", "papers/birch2020whistle.html"),
        ("Waiting", "methods/waiting.html"),
    ]
    built_site.edit("docs/methods/waiting.md", "# Waiting", "# Patience")
    assert ("Patience", "methods/waiting.html") in cited(built_site.build())
    built_site.edit("docs/methods/waiting.md", "\nAs in {cite:t}`reed2005ear`.\n", "")
    assert cited(built_site.build()) == [("Whistler / W2", "papers/birch2020whistle.html")]


@pytest.mark.parametrize(
    ("docname", "section", "text", "links"),
    [
        (
            "showcase",
            "citations",
            "[Osier and Wren, 2011] and Alder et al. [2019] and [see Alder et al., 2019, page 7, Reed, 2005].",
            [
                ("Osier and Wren, 2011", "references.html#osier2011gaps"),
                ("2019", "references.html#alder2019mending"),
                ("Alder et al., 2019", "references.html#alder2019mending"),
                ("Reed, 2005", "references.html#reed2005ear"),
            ],
        ),
        (
            "papers/alder2019mending",
            "relation-to-other-work",
            "It follows Osier and Wren [2011], and Whistler / W2 took it further.",
            [("2011", "../references.html#osier2011gaps"), ("Whistler / W2", "birch2020whistle.html")],
        ),
    ],
    ids=["three", "in a mounted page"],
)
def test_citations_lead_to_the_bibliography(
    built: Built, docname: str, section: str, text: str, links: list[tuple[str, str]]
) -> None:
    page = built.page(docname)
    paragraph = page.section(section).findall("p")[0]
    assert page.texts(page.section(section), "p") == [text]
    assert page.links(paragraph) == links


def test_the_bibliography_is_where_works_are_linked_to(site: Site) -> None:
    (site.root / "docs/references.md").rename(site.root / "docs/sources.md")
    site.edit("docs/index.md", "references", "sources")
    result = site.build(papers_bibliography_page="sources")
    assert result.warnings == []
    page = result.page("papers/alder2019mending")
    assert ("Osier and Wren (2011)", "../sources.html#osier2011gaps") in page.links(page.body)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_papers_bib_is_what_the_formats_write(unchanged: Site, built: Built, builder: str) -> None:
    result = built if builder == "html" else unchanged.build("dirhtml", folder="_dirhtml")
    root = unchanged.root
    library = read_collection(
        Places(
            papers=root / "papers", methods=root / "docs/methods", registries=root / "docs/registries",
            bibliography=root / "docs/references.bib",
        )
    ).library  # fmt: skip
    text = (result.outdir / "papers.bib").read_text("utf-8")
    assert text == write_bibtex(library.values(), library.registry)
    assert text.count("\n@") == len(library) - 1
    assert "osier2011gaps" not in text


def test_a_project_without_works_of_its_own_needs_no_file(site: Site) -> None:
    (site.root / "docs/references.bib").unlink()
    site.edit("docs/registries/benchmarks.yml", "  reference: osier2011gaps\n", "")
    site.edit("papers/alder2019mending.md", "  builds_on: [osier2011gaps]\n", "")
    site.edit("papers/alder2019mending.md", "It follows {cite:t}`osier2011gaps`, and", "There is")
    site.edit("papers/birch2020whistle.md", ", reed2005ear", "")
    site.edit("docs/methods/copying.md", "from {cite:t}`osier2011gaps`", "of all")
    site.write("docs/showcase.md", "# Showcase\n\n{cite:t}`alder2019mending`\n")
    result = site.build()
    assert result.warnings == []
    assert len(result.page("references").body.findall(".//ul[@class='sp-references']/li")) == 6

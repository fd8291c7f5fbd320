"""What pages tell programs: search engines, previews, reference managers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from sphinx_papers.formats.exports.export import BESIDE, OFFERED

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Page, Site

FULL = "papers/alder2019mending"
SUMMARY = "Patches a hole with the nearest phrase, which makes long recordings usable."
NEWEST_FIRST = ["elm2022tuning", "fir2022late", "cedar2021silent"]


def metas(page: Page) -> dict[str, str]:
    found = page.tree.findall("./head/meta")
    return {each.get("property") or each.get("name") or "": each.get("content", "") for each in found}


def alternates(page: Page) -> list[tuple[str, str]]:
    return [
        (link.get("type", ""), link.get("href", ""))
        for link in page.tree.findall("./head/link")
        if "alternate" in link.get("rel", "").split()
    ]


def cited(page: Page) -> list[str]:
    """The title of each paper that a reference manager finds in the page."""
    spans = [each.get("title", "") for each in page.tree.iter("span") if each.get("class") == "Z3988"]
    return [parse_qs(each)["rft.atitle"][0] for each in spans]


def test_a_paper_s_page_is_described_by_its_summary(built: Built) -> None:
    found = metas(built.page(FULL))
    assert {name: found.get(name) for name in ("description", "og:description", "og:title", "og:type")} == {
        "description": SUMMARY, "og:description": SUMMARY, "og:title": "Mending Song: Robin and NightJar Without Holes", "og:type": "article",
    }  # fmt: skip
    assert found["og:site_name"]
    assert "og:url" not in found


def test_a_paper_s_page_is_a_page_about_an_article(built: Built) -> None:
    page = built.page(FULL)
    (script,) = (each for each in page.tree.iter("script") if each.get("type") == "application/ld+json")
    said = json.loads(script.text or "")
    assert (said["@type"], said["about"]["@type"]) == ("WebPage", "ScholarlyArticle")
    assert said["description"] == SUMMARY
    assert said["about"]["sameAs"] == ["https://example.org/wren/7", "https://doi.org/10.1234/wren.2019.7"]


@pytest.mark.parametrize(
    ("docname", "expected"),
    [
        (FULL, [each.file_of("alder2019mending") for each in BESIDE]),
        ("years/2021", ["2021.bib"]),
        ("methods/copying", ["copying.bib"]),
        ("index", [each.file for each in OFFERED]),
        ("papers/index", [f"../{each.file}" for each in OFFERED]),
        ("showcase", []),
    ],
)
def test_a_page_leads_to_the_exports_of_what_it_shows(
    built: Built, docname: str, expected: list[str]
) -> None:
    found = alternates(built.page(docname))
    assert [href for _, href in found] == expected
    for media_type, href in found:
        assert (built.outdir / docname).parent.joinpath(href).resolve().is_file()
        assert media_type in {each.media_type for each in OFFERED}


def signposts(page: Page) -> dict[str, list[str]]:
    """Addresses by what FAIR Signposting calls the relation."""
    found: dict[str, list[str]] = {}
    for link in page.tree.findall("./head/link"):
        for relation in link.get("rel", "").split():
            found.setdefault(relation, []).append(link.get("href", ""))
    return found


def test_programs_find_their_way_from_a_paper_s_page(built: Built) -> None:
    found = signposts(built.page(FULL))
    assert found["cite-as"] == ["https://doi.org/10.1234/wren.2019.7"]
    assert found["type"] == ["https://schema.org/AboutPage", "https://schema.org/ScholarlyArticle"]
    assert found["describedby"] == [each.file_of("alder2019mending") for each in BESIDE]
    assert len(found["author"]) == 3
    for address in found["author"]:
        page, _, anchor = address.removeprefix("../").partition("#")
        assert anchor in built.page(page.removesuffix(".html")).identifiers
    # It would be read as the paper's.
    assert not {"license", "item"} & found.keys()


def test_programs_find_their_way_from_the_home_page(site: Site) -> None:
    config = {
        "papers_licence": "https://licence.example/", "papers_identifier": "https://doi.org/10.1/x",
        "papers_repository": "https://code.example/x", "html_baseurl": "https://site.example/en",
    }  # fmt: skip
    built = site.build(**config)
    page = built.page("index")
    found = signposts(page)
    assert found["cite-as"] == ["https://doi.org/10.1/x"]
    assert found["license"] == ["https://licence.example/"]
    assert found["type"] == ["https://schema.org/Dataset", "https://schema.org/AboutPage"]
    assert found["describedby"] == ["ro-crate-metadata.json"]
    assert found["item"] == [each.file for each in OFFERED]
    assert "https://code.example/x" in found["author"]
    (script,) = (each for each in page.tree.iter("script") if each.get("type") == "application/ld+json")
    said = json.loads(script.text or "")
    assert (said["@type"], said["license"], said["temporalCoverage"]) == (
        "Dataset",
        "https://licence.example/",
        "2019/2022",
    )
    assert said["distribution"][0]["contentUrl"] == f"https://site.example/en/{OFFERED[0].file}"


def test_the_home_page_follows_the_dates_that_it_tells(built_site: Site) -> None:
    built_site.edit("papers/alder2019mending.md", "  summary:", "  added: 2031-02-03\n  summary:")
    page = built_site.build().page("index")
    (script,) = (each for each in page.tree.iter("script") if each.get("type") == "application/ld+json")
    assert json.loads(script.text or "")["dateModified"] == "2031-02-03"


def test_a_page_in_a_folder_leads_to_them_too(site: Site) -> None:
    built = site.build("dirhtml", html_baseurl="https://site.example/")
    page = built.page("papers/alder2019mending/index")
    assert [href for _, href in alternates(page)] == [
        f"../{each.file_of('alder2019mending')}" for each in BESIDE
    ]
    assert metas(page)["og:url"] == "https://site.example/papers/alder2019mending/"


def test_a_reference_manager_is_offered_the_paper_of_a_page(built: Built) -> None:
    assert cited(built.page(FULL)) == ["Mending Song: Robin and NightJar Without Holes"]


@pytest.mark.parametrize("docname", ["papers/index", "years/2021", "methods/copying", "leaderboards/dawn"])
def test_a_reference_manager_is_offered_each_paper_of_a_table_once(built: Built, docname: str) -> None:
    page = built.page(docname)
    keys = {row.get("data-key") for row in page.tree.iter("tr") if row.get("data-key")}
    titles = cited(page)
    assert len(titles) == len(set(titles)) == len(keys) > 1


def test_a_long_table_tells_nothing_of_its_papers(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sphinx_papers.sphinx_ext.site.head.CITED_ROWS", 5)
    built = site.build()
    assert len(cited(built.page("years/2021"))) > 1
    assert cited(built.page("papers/index")) == []


def test_a_page_of_prose_is_described_by_how_it_begins(site: Site) -> None:
    words = "one two three four " * 20
    site.write("docs/case/long.md", f"---\norphan: true\n---\n# Long\n\nA *first* word, {words}\n")
    own = "---\norphan: true\nmyst:\n  html_meta:\n    description: Mine.\n---\n# Own\n\nText.\n"
    site.write("docs/case/own.md", own)
    built = site.build()
    said = metas(built.page("case/long"))["description"]
    assert said.startswith("A first word, one two")
    assert said.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert 150 < len(said) <= 201
    page = built.page("case/own")
    assert [each.get("content") for each in page.tree.findall("./head/meta[@name='description']")] == [
        "Mine."
    ]
    assert metas(page)["og:description"] == "Mine."


def test_every_page_is_described(built: Built) -> None:
    pages = sorted(path.relative_to(built.outdir).as_posix() for path in built.outdir.rglob("*.html"))
    assert len(pages) > 20
    nothing = [name for name in pages if not metas(built.page(name.removesuffix(".html"))).get("description")]
    assert nothing == []
    assert (
        metas(built.page("years/2022"))["description"]
        == "2 papers of 2022: Tune, Late Evening, Early Morning (2022)."
    )


def test_a_list_describes_no_page(site: Site) -> None:
    site.write("docs/case/list.md", "---\norphan: true\n---\n# List\n\n- An item.\n\n## Part\n\nText.\n")
    assert metas(site.build().page("case/list"))["description"] == "Text."


def test_a_page_names_its_icons(site: Site) -> None:
    site.write("docs/_static/sign.png", "")
    page = site.build(papers_icon="sign.png", html_static_path=["_static"]).page(FULL)
    icons = {link.get("rel"): link.get("href") for link in page.tree.findall("./head/link")}
    assert icons["icon"] == icons["apple-touch-icon"] == "../_static/sign.png"


def test_tags_for_scholar_are_there_if_they_are_asked_for(built: Built, site: Site) -> None:
    assert not any(name.startswith("citation_") for name in metas(built.page(FULL)))
    found = metas(site.build(papers_citation_tags=True).page(FULL))
    assert found["citation_title"] == "Mending Song: Robin and NightJar Without Holes"
    assert found["citation_doi"] == "10.1234/wren.2019.7"


def test_other_formats_have_nothing_of_this(site: Site) -> None:
    built = site.build("singlehtml")
    page = built.page("index")
    assert cited(page) == alternates(page) == []


def test_hostile_words_stay_in_their_attributes(site: Site) -> None:
    site.edit("papers/alder2019mending.md", "Patches a hole", r"'\"><script>x</script> & so")
    page = site.build().page(FULL)
    assert "script" not in {each.get("class") for each in page.tree.iter("script")}
    assert metas(page)["description"].startswith("'\"><script>x</script> & so")


def test_a_table_follows_what_it_tells_of_its_papers(built_site: Site) -> None:
    assert "wren.2019.7" in (built_site.root / "_build/html/habitat/marsh.html").read_text("utf-8")
    built_site.edit("papers/alder2019mending.md", "10.1234/wren.2019.7", "10.1234/wren.2019.8")
    built_site.build()
    for name in ("habitat/marsh", "leaderboards/dawn"):
        text = (built_site.root / f"_build/html/{name}.html").read_text("utf-8")
        assert "wren.2019.8" in text
        assert "wren.2019.7" not in text


def test_a_project_may_do_without_our_tags(site: Site) -> None:
    page = site.build(papers_head_tags=False).page(FULL)
    assert not metas(page).keys() & {"description", "og:title"}
    assert alternates(page) == []
    assert len(cited(page)) == 1

"""A site that knows its address tells search engines what it has, and where pages have gone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Built, Site

BASE = "https://site.example/en"
OLD = "alder2018mending"


def addresses(built: Built) -> list[str]:
    tree = ET.fromstring((built.outdir / "sitemap.xml").read_text("utf-8"))
    return [loc.text or "" for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def renamed(site: Site) -> None:
    site.edit("papers/alder2019mending.md", "  summary:", f"  formerly: [{OLD}]\n  summary:")


def test_every_document_is_on_the_map(site: Site) -> None:
    built = site.build(html_baseurl=BASE)
    assert addresses(built) == [f"{BASE}/{name}.html" for name in sorted(built.env.found_docs)]
    assert f"Sitemap: {BASE}/sitemap.xml" in (built.outdir / "robots.txt").read_text("utf-8")


def test_the_map_follows_the_pages(built_site: Site) -> None:
    built = built_site.build(html_baseurl=BASE)
    (built.outdir / "robots.txt").unlink()
    built_site.write("docs/more.md", "---\norphan: true\n---\n# More\n")
    again = built_site.build(html_baseurl=BASE)
    assert f"{BASE}/more.html" in addresses(again)
    assert (again.outdir / "robots.txt").is_file()


def test_a_site_without_an_address_has_no_map(site: Site) -> None:
    built = site.build(html_baseurl=BASE)
    assert (built.outdir / "sitemap.xml").is_file()
    built = site.build()
    assert not {"sitemap.xml", "robots.txt"} & built.files().keys()


def test_what_the_project_says_to_robots_stays(site: Site) -> None:
    site.write("docs/extra/robots.txt", "User-agent: *\nDisallow: /\n")
    for base in (BASE, ""):
        built = site.build(html_baseurl=base, html_extra_path=["extra"])
        assert (built.outdir / "robots.txt").read_text("utf-8").endswith("Disallow: /\n")


def test_a_key_of_old_leads_to_the_page(site: Site) -> None:
    renamed(site)
    built = site.build(html_baseurl=BASE)
    assert built.warnings == []
    page = built.page(f"papers/{OLD}")
    assert [link.get("href") for link in page.tree.iter("a")] == ["alder2019mending.html"]
    assert f"{BASE}/papers/{OLD}.html" not in addresses(built)
    folders = site.build("dirhtml")
    page = folders.page(f"papers/{OLD}/index")
    (link,) = page.tree.iter("a")
    assert link.get("href") == "../alder2019mending/"


def test_no_key_of_old_takes_the_place_of_a_page(site: Site) -> None:
    site.edit(
        "papers/alder2019mending.md", "  summary:", f"  formerly: [index, fir2022late, {OLD}]\n  summary:"
    )
    site.edit("papers/fir2022late.md", "teaching: [clean]", "teaching: clean")
    pages = [site.build().page(f"papers/{name}") for name in ("index", "fir2022late")]
    assert all(page.tree.find("./head/meta[@http-equiv='refresh']") is None for page in pages)


def test_a_page_that_comes_back_is_a_page(site: Site) -> None:
    renamed(site)
    site.build()
    text = (site.root / "papers/alder2019mending.md").read_text("utf-8")
    site.write(f"papers/{OLD}.md", text.replace(f"  formerly: [{OLD}]\n", ""))
    site.edit("papers/alder2019mending.md", f"  formerly: [{OLD}]\n", "")
    page = site.build().page(f"papers/{OLD}")
    assert page.tree.find("./head/meta[@http-equiv='refresh']") is None


def test_a_key_of_old_that_nobody_names_any_more_leads_nowhere(site: Site) -> None:
    renamed(site)
    assert (site.build().outdir / f"papers/{OLD}.html").is_file()
    site.edit("papers/alder2019mending.md", f"  formerly: [{OLD}]\n", "")
    assert not (site.build().outdir / f"papers/{OLD}.html").exists()

"""What a page tells programs: in its head, and as COinS for reference managers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from sphinx_papers.formats.exports.downloads import CRATE, ExportView
from sphinx_papers.formats.exports.export import BESIDE, EXPORTS, OFFERED
from sphinx_papers.formats.exports.feeds import CHANGED, MEDIA_TYPE, NEW, TITLES, feed_name
from sphinx_papers.formats.storage.places import FOLDERS
from sphinx_papers.model.tables.table import author_spans
from sphinx_papers.model.views.library_views import CITED_ROWS
from sphinx_papers.sphinx_ext.addresses import (
    SITE_PREVIEW,
    SITES,
    export_uri,
    has_previews,
    preview_file,
    published_site,
    site_address,
)
from sphinx_papers.sphinx_ext.blocks.paging import TILDE, tables_of
from sphinx_papers.sphinx_ext.context import PAPERS, paper_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx

    from sphinx_papers.model.display.text import Table
    from sphinx_papers.model.records.paper import Paper
    from sphinx_papers.sphinx_ext.context import PaperContext

_OTHERS = "sphinxext.opengraph"
"""The extension whose description and tags for previews stand in place of ours."""
_KINDS = (("type", "https://schema.org/AboutPage"), ("type", "https://schema.org/ScholarlyArticle"))
"""A page about a paper has no link to a licence: programs would take it for the paper's."""
_LONGEST = 200
"""Characters of a description; what shows it cuts it off there."""


def fill(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add to the head of a page what search engines, previews and reference managers read."""
    if app.builder.name not in SITES:
        return
    domain = paper_context(app.env)
    folder, _, name = pagename.rpartition("/")
    paper = domain.library.get(name) if folder == PAPERS else None
    if doctree is not None:
        context["body"] += _coins(domain, [paper.key] if paper else _cited(domain, pagename))
    if paper is not None:
        context["title"] = escape(_published(paper))
    if not app.config.papers_head_tags:
        return
    tags = _alternates(app, domain, pagename)
    if _OTHERS not in app.extensions:
        tags += _described(app, domain, pagename, context, doctree, paper)
    tags += _icon(app, pagename)
    if paper is not None:
        tags += _of_paper(app, domain, pagename, context, paper)
    elif pagename == app.config.root_doc:
        tags += _of_collection(app, domain, pagename)
    context["metatags"] = context.get("metatags", "") + "".join(f"{tag}\n" for tag in tags)


def _published(paper: Paper) -> str:
    """Return the title of *paper* as published, with the name of its method where it does not say that itself."""
    name = paper.names[0] if paper.names else ""
    title = paper.plain_title
    return title if name.casefold() in title.casefold() else f"{title} ({name})"


def _alternates(app: Sphinx, domain: PaperContext, pagename: str) -> list[str]:
    """Return links to the exports of what the page shows, and to its feeds."""
    library = domain.library
    folder, _, name = pagename.partition(TILDE)[0].rpartition("/")
    feeds: tuple[str, ...] = ()
    relation = "alternate"
    if pagename == app.config.root_doc or (folder, name) == (PAPERS, "index"):
        files, feeds = [(each, each.file) for each in OFFERED], (NEW, CHANGED)
        relation += " item" if pagename == app.config.root_doc else ""
    elif folder == PAPERS and name in library:
        files = [(each, f"{PAPERS}/{each.file_of(name)}") for each in BESIDE]
        relation += " describedby"
    elif folder == "years" and name in library.by_year:
        files = [(EXPORTS["bibtex"], f"{folder}/{name}.bib")]
    elif folder == app.config.papers_methods and name in library.registry.methods:
        files, feeds = [(EXPORTS["bibtex"], f"{folder}/{name}.bib")], (feed_name(folder, name),)
    else:
        return []
    links = [(relation, export.media_type, export.label, file) for export, file in files]
    links += [
        ("alternate", MEDIA_TYPE, TITLES.get(feed, TITLES[NEW]), feed)
        for feed in feeds
        if domain.value(ExportView(feed, app.config.papers_methods))
    ]
    return [
        f'<link rel="{relation}" type="{kind}" title="{label}" href="{escape(export_uri(app.builder, pagename, file))}">'
        for relation, kind, label, file in links
    ]


def _described(
    app: Sphinx, domain: PaperContext, pagename: str, context: dict[str, Any],
    doctree: nodes.document | None, paper: Paper | None,
) -> list[str]:  # fmt: skip
    """Return the description of a page, its author's own where there is one, and how a preview shows the page."""
    title = app.env.titles[pagename].astext() if pagename in app.env.titles else context.get("title", "")
    title = _published(paper) if paper else title or app.config.html_title
    written = _written(doctree)
    summary = written or (paper.summary if paper else _summary(app, domain, pagename, doctree))
    summary = summary or f"{title}: {app.config.html_title}"
    tags = [
        ("property", "og:type", "website" if pagename == app.config.root_doc else "article"),
        ("property", "og:site_name", app.config.html_title),
        ("property", "og:title", title),
        ("property", "og:url", context.get("pageurl") or ""),
        ("property", "og:description", summary),
    ]
    if has_previews(app):
        picture = preview_file(paper.key) if paper else SITE_PREVIEW
        tags += [
            ("property", "og:image", f"{site_address(app.config)}{picture}"),
            ("property", "og:image:width", "1200"),
            ("property", "og:image:height", "630"),
            ("property", "og:image:alt", title),
        ]
    tags.append(("name", "twitter:card", "summary_large_image" if has_previews(app) else "summary"))
    if not written:
        tags.append(("name", "description", summary))
    return [_meta(kind, name, content) for kind, name, content in tags if content]


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'


def _icon(app: Sphinx, pagename: str) -> list[str]:
    """Return links to the icon as a picture: for browsers that draw no SVG, and for home screens."""
    if not app.config.papers_icon:
        return []
    address = escape(export_uri(app.builder, pagename, f"_static/{app.config.papers_icon}"))
    return [
        f'<link rel="icon" type="image/png" href="{address}">',
        f'<link rel="apple-touch-icon" href="{address}">',
    ]


def _written(doctree: nodes.document | None) -> str:
    """Return the description that the author of a page wrote, as a meta element at its beginning."""
    found = doctree.children if doctree is not None else ()
    return next(
        (
            str(each["content"])
            for each in found
            if isinstance(each, nodes.meta) and each.get("name") == "description"
        ),
        "",
    )


def _summary(app: Sphinx, domain: PaperContext, pagename: str, doctree: nodes.document | None) -> str:
    """Return what a page is about in a sentence or two: its record's, or how its text begins; else nothing."""
    folder, _, name = pagename.rpartition("/")
    method = domain.library.registry.methods.get(name) if folder == app.config.papers_methods else None
    if method is not None:
        return method.summary
    if folder == FOLDERS["year"] and name in domain.library.by_year:
        return _cut(_of_year(name, domain.library.by_year[name]))
    paragraph = next(_paragraphs(doctree), None) if doctree is not None else None
    return _cut(" ".join(paragraph.astext().split())) if paragraph is not None else ""


def _paragraphs(node: nodes.Element) -> Iterator[nodes.paragraph]:
    """Yield the paragraphs of the text itself: none of a list or a table, which need what stands around them."""
    for child in node.children:
        if isinstance(child, nodes.paragraph):
            yield child
        elif isinstance(child, nodes.section):
            yield from _paragraphs(child)


def _of_year(year: str, papers: Sequence[Paper]) -> str:
    count = f"{len(papers)} papers" if len(papers) > 1 else "The paper"
    return f"{count} of {year}: {', '.join(paper.name for paper in sorted(papers, key=lambda each: not each.names))}."


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"


def _of_paper(
    app: Sphinx, domain: PaperContext, pagename: str, context: dict[str, Any], paper: Paper
) -> list[str]:
    from sphinx_papers.formats.exports.citation_tags import citation_tags  # noqa: PLC0415  see formats.records.reading
    from sphinx_papers.formats.exports.jsonld import web_page, write_jsonld  # noqa: PLC0415

    registry = domain.library.registry
    page = web_page(paper, registry, app.env.titles[pagename].astext(), context.get("pageurl") or "")
    tags = [f'<script type="application/ld+json">{write_jsonld(page)}</script>']
    tags += _signposts(("cite-as", f"https://doi.org/{paper.doi}" if paper.doi else paper.address), *_KINDS)
    address = domain.addresses(app.builder, pagename)
    targets = (span.target for span in author_spans(domain.library, paper))
    tags += _signposts(*(("author", address(target)) for target in targets if target is not None))
    if app.config.papers_citation_tags:
        tags += [_meta("name", name, content) for name, content in citation_tags(paper, registry)]
    return tags


def _of_collection(app: Sphinx, domain: PaperContext, pagename: str) -> list[str]:
    """Return what the home page says of the collection as a whole: as a dataset, and where its parts are."""
    from sphinx_papers.formats.exports.dataset import CRATE_TYPE, SpanView, dataset  # noqa: PLC0415
    from sphinx_papers.formats.exports.jsonld import write_jsonld  # noqa: PLC0415

    site = published_site(app)
    span = cast("tuple[str, str]", domain.value(SpanView()))
    described = escape(export_uri(app.builder, pagename, CRATE))
    return [
        f'<script type="application/ld+json">{write_jsonld(dataset(site, span))}</script>',
        f'<link rel="describedby" type="{CRATE_TYPE}" href="{described}">',
        *_signposts(
            ("cite-as", site.identifier), ("license", site.licence),
            ("author", site.identity if "://" in site.identity else ""), ("type", "https://schema.org/Dataset"),
            ("type", "https://schema.org/AboutPage"),
        ),
    ]  # fmt: skip


def _signposts(*links: tuple[str, str]) -> list[str]:
    """Return links of FAIR Signposting (https://signposting.org/FAIR/), those that lead anywhere."""
    return [f'<link rel="{relation}" href="{escape(address)}">' for relation, address in links if address]


def _cited(domain: PaperContext, docname: str) -> Iterable[str]:
    """Return the papers in the tables of *docname*, each once; none where there are too many rows."""
    views = tables_of(domain, docname)
    if sum(view.size(domain.library) for view in views) > CITED_ROWS:
        return ()
    tables = [cast("Table", domain.value(view)) for view in views]
    return dict.fromkeys(row.key for table in tables for group in table.groups for row in group.rows)


def _coins(domain: PaperContext, keys: Iterable[str]) -> str:
    """Return a span for each paper, which shows nothing and tells reference managers everything."""
    from sphinx_papers.formats.exports.coins import CONTEXT_OBJECT  # noqa: PLC0415  see formats.records.reading

    library = domain.library
    told = (CONTEXT_OBJECT.of(library[key], library) for key in keys)
    return "".join(f'<span class="Z3988" title="{escape(each)}"></span>\n' for each in told)

"""What rows of tables and items of lists have in common: words of heads and labels, links, people, years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_papers.formats.intake.words import (
    arxiv_month,
    find_arxiv,
    find_doi,
    month,
    one_line,
    people,
    written_date,
)
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.venue_name import VenueNames

if TYPE_CHECKING:
    from sphinx_papers.formats.intake.markdown_cell import Link
    from sphinx_papers.model.records.person import Person

# Where a head names two columns in one, the first of these counts.
COLUMNS: Mapping[str, str] = {
    "title": "title, paper title, title of paper, paper name",
    "name": "name, method, model, acronym, abbreviation, abbr, algorithm, approach, short name, method name",
    "venue": "venue, pub, publication, conference, journal, published, published in, where, conf, source",
    "date": "date, time, month, first public, released",
    "year": "year",
    "authors": "authors, author",
    "first author": "first author",
    "arxiv": "arxiv, preprint",
    "doi": "doi",
    "code": "code, github, repo, repository, implementation, source code, codes, code link, official code",
    "project": "project, project page, homepage, website, web",
    "link": "link, links, url, pdf, paper link, pdf link, paper url",
}
COLUMN_OF = {name: column for column, names in COLUMNS.items() for name in names.split(", ")}
LABELS: Mapping[str, str] = {
    **COLUMN_OF, "pytorch": "code", "tensorflow": "code", "official": "code", "site": "project", "paper": "link",
    "html": "link", "openaccess": "link", "cvf": "link", "bibtex": "bibtex", "bib": "bibtex", "bibtext": "bibtex",
}  # fmt: skip
# What labels of links say beside these, and what stands in strong letters without being a name.
_LABEL_WORDS = frozenset(
    (  # noqa: SIM905
        "a an and at author authors award award available best bibtex blog buy by caffe caffe2 chainer com data dataset demo demos "
        "appendix challenge challenges toolkit product wiki download extended for from full here highlight homepage html implementation in jax journal keras "
        "material materials matlab matconvnet media mxnet note notes of official openreview or oral our page "
        "paper party poster presentation project pytorch read report reproduced review reviews slide slides spotlight supp "
        "supplement supplementary supplemental talk technical tf tensorflow text the theano third to torch torch7 tutorial "
        "unofficial v1 v2 v3 version video videos webpage website with workshop youtube zhihu"
    ).split()
).union(*(name.split() for name in LABELS))
_CODE_HOST = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/", re.IGNORECASE
)
# A repository, and none of its parts: not a heading of its README, not a document in it, not who owns it.
_REPOSITORY = re.compile(
    r"https?://[^/]+/[^/?#]+/[^?#]+(?<!\.pdf)(?<!\.pptx)(?<!\.zip)(?:\?[^#]*)?", re.IGNORECASE
)
_PDF = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)
_PAPER_HOST = re.compile(
    r"(?<![\w-])(?:openreview\.net|thecvf\.com|cv-foundation\.org|ecva\.net|bmva|proceedings\.|ieeexplore|sciencedirect|springer|dl\.acm\.org|"
    r"aclanthology|aclweb|(?:neurips|nips)\.cc|mlr\.press|jmlr\.org|aaai\.org|semanticscholar|ijcai\.org|biorxiv|"
    r"inspirehep|nature\.com|science\.org|mdpi\.com|wiley\.com|tandfonline|isca-speech|eprint\.iacr|hal\.|usenix\.org|"
    r"biomedcentral\.com|oup\.com|rsc\.org|acs\.org|plos\.org|frontiersin\.org|cambridge\.org|pnas\.org|iop\.org|aps\.org|"
    r"ncbi\.nlm\.nih\.gov|cell\.com|vldb\.org|medrxiv|chemrxiv|hindawi\.com|cds\.cern\.ch|osti\.gov|hdl\.handle\.net|worldscientific|projecteuclid|ssrn\.com|spiedigitallibrary|citeseerx|researchgate\.net/(?:publication|profile/[^/]+/publication)/|"
    r"doi\.org/|arxiv\.org/)",
    re.IGNORECASE,
)
# Where authors show their work; publishers are elsewhere.
_PROJECT_HOST = re.compile(
    r"https?://(?:(?:[\w-]+\.(?:github|gitlab)\.io|sites\.google\.com)(?:/|$)|[^?#]*/projects?/)",
    re.IGNORECASE,
)
# Labels of what goes with a paper and is neither it nor its code.
_BESIDE = frozenset(
    (  # noqa: SIM905
        "blog data dataset datasets demo demos doc docs material materials note notes poster presentation review reviews slide slides supp "
        "supplement supplementary supplemental talk tutorial video videos weights"
    ).split()
)
_OF_PAPER = frozenset(
    [
        "paper",
        "pdf",
        "article",
        "publication",
        "preprint",
        "arxiv",
        "doi",
        "cvf",
        "openaccess",
        "openreview",
        "fulltext",
    ]
)
# Where people talk of papers, and none is published.
_NO_PAPER_HOST = re.compile(
    r"https?://(?:[\w-]+\.)?(?:twitter\.com|x\.com|youtube\.com|youtu\.be|slideslive\.com|videolectures\.net|vimeo\.com|"
    r"bilibili\.com|zhihu\.com|medium\.com|reddit\.com|linkedin\.com)/",
    re.IGNORECASE,
)
_ARXIV_ADDRESS = re.compile(
    r"https?://(?:[\w.-]+\.)?(?:doi\.org/10\.48550|arxiv\.org|alphaxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org|huggingface\.co/papers)/",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"(?:['\N{RIGHT SINGLE QUOTATION MARK}]\s?|(?<=[A-Za-z]))([0-9]{2})(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_AROUND = " -\N{EN DASH}\N{EM DASH}|.,;:*_'\N{RIGHT SINGLE QUOTATION MARK}()[]"
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?)+")
_FOOTNOTES = re.compile(r"[*†‡§¶⋆\N{ASTERISK OPERATOR}]+|[¹²³⁴⁵⁶⁷⁸⁹]+")
_LAST_INITIAL = re.compile(r".*[\s-][A-Z]{1,2}\.?")
# Words of titles in capitals, which no name has.
_OF_TITLES = frozenset(
    (  # noqa: SIM905
        "A An The Ask Your You Our We It Its What Why How When Where Is Are Do Does Can Not All Every On In For With From To Via Using Of Towards Toward Into Learning Networks Network Data Dataset Model "
        "Models Deep Neural Machine Analysis Detection Survey Review Image Images Language Vision Method Methods "
        "University Universität Université Institute Institut College Berkeley Research Lab Labs Inc Google Microsoft Facebook Meta Inria INRIA MIT CNRS Stanford Oxford "
        "Training Representation Representations Systems System Design Theory Generation"
    ).split()
)
_REVERSED = re.compile(
    r"[A-Z][\w'\N{RIGHT SINGLE QUOTATION MARK}-]+(?: [A-Z][\w'\N{RIGHT SINGLE QUOTATION MARK}-]+)?, [A-Z][\w.'\N{RIGHT SINGLE QUOTATION MARK}-]*(?: [A-Z][\w.'\N{RIGHT SINGLE QUOTATION MARK}-]*)?"
)
# Words of names that begin with a small letter.
_PARTICLES = frozenset("al bin da de dei del della den der di dos du el la le ten ter van von zu zur".split())  # noqa: SIM905
# "CVPR2023", "eccv_2018", "CVPR2021W": a venue and a year within an address.
_IN_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{3,12})[_-]?((?:19|20)[0-9]{2})(W|_workshops?)?(?![0-9A-Za-z])", re.IGNORECASE
)
_PATH_YEAR = re.compile(r"/((?:19|20)[0-9]{2})(?![0-9])")
_ACRONYM = re.compile(
    r"(?:[A-Z][A-Za-z]*[A-Z]|[0-9]D[A-Z])[A-Za-z]{0,12}(?:[-/& ][A-Z]{2,8})?(?: (?:Workshops?|Findings|Oral|Journal|Asia))?"
)
# "CVPR'22 ", "AAAI-21 ", "ICML 2019: "
_VENUE_BEFORE = re.compile(
    r"([A-Z][\w/&-]*[A-Z]\w*(?:\s?['\N{RIGHT SINGLE QUOTATION MARK}]\s?[0-9]{2}|-[0-9]{2}|\s?[-_]?(?:19|20)[0-9]{2}(?=\s*[:,.|-])))\s*[:,.|-]?\s+(?=\S)"
)
_OF_VENUES = re.compile(
    r"\b(?:Conference|Conf\.|Journal|Transactions|Trans\.|Proceedings|Proc\.|Workshops?|Symposium|Symp\.|Letters|Lett\.|"
    r"Magazine|Preprint|Lecture Notes)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of a list: the draft that it became, or why it became none."""

    line: int
    text: str
    """As it stands in the list."""
    draft: Draft | None = None
    reason: str = ""
    """Why there is no draft; empty for a row in which nothing stands."""
    unused: tuple[str, ...] = ()
    """What of the line is not in the draft."""


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for the rows below a heading, or for a whole list."""

    venue: str = ""
    year: int = 0


NOWHERE = Context()
NO_EVIDENCE = (
    "nothing makes sure that it is a paper: no id, no address where papers are kept, "
    "and not two of a PDF, authors and a venue"
)
NO_END = "where its title ends is not certain"


def kind(link: Link) -> str:
    """Return what the label of *link* says that it leads to; empty if it does not say."""
    words = folded(link.label).split()
    if whole := LABELS.get(" ".join(words), ""):
        return whole
    if not is_label(link.label):
        return ""
    kinds = [LABELS[word] for word in words if word in LABELS]
    if _BESIDE.intersection(words) and "code" not in kinds:
        return "beside"
    # "official code - mxnet", "Paper Version 2"
    return next(iter(kinds), "")


def is_label(text: str) -> bool:
    """Say whether *text* says what a link leads to or what became of a paper, as *Paper Version 2* does; it is no title."""
    words = folded(text).split()
    # "arXiv 26 Jun"
    if words[:1] == ["arxiv"] and all(
        word.isdecimal() or month(word) or word in {"preprint", *_LABEL_WORDS} for word in words[1:]
    ):
        return True
    return (
        len(words) <= 6
        and not all(word.isdecimal() for word in words)
        and all(word in _LABEL_WORDS or word.isdecimal() for word in words)
    )


def without_paper(label: str) -> str:
    """Return the label of a link without the word for what it leads to: *CVPR '16* of *[CVPR '16 Paper]*."""
    return re.sub(r"(?i)\s*\b(?:paper|pdf|link|version)$", "", label.strip(" []()`"))


def without_pages(venue: str) -> str:
    """Return a venue without what counts its volumes and pages: *Maps (2023)* of *Maps 24.23, 1-9 (2023)*."""
    name = re.sub(r"[\s,]+[(]?[0-9][0-9\s.,:;()\N{EN DASH}-]*$", "", venue).strip(" .,([")
    year = find_year(venue)
    if not name or name == venue or find_year(name) == year:
        return name or venue
    return f"{name} {year}" if year else name


def is_venue(text: str, venues: VenueNames) -> bool:
    """Say whether *text* reads as a venue: one that is known, an acronym with a year, or what only venues are called."""
    bare = without_year(text)
    if venues.find(text):
        return True
    return bool(
        len(bare.split()) <= 15 and ((bare != text and _ACRONYM.fullmatch(bare)) or _OF_VENUES.search(bare))
    )


def title_alone(text: str, venues: VenueNames) -> str:
    """Return *text* without the venue or date in brackets at either end, before it as in *CVPR'22 Maps*, or behind a full stop."""
    bare = re.sub(r"^\((?:\W|[xX])\)\s*", "", text.strip())
    # "Maps of Maps. 2020-06-14"
    if (last := re.search(r"[.,]\s+((?:19|20)[0-9-]{2,8})\.?$", bare)) and written_date(last[1]):
        bare = bare[: last.start()]
    within = r"[\[(]([^\[\]()]{2,40})[\])]"
    if (last := re.search(rf"\s*{within}[\s.,:]*$", bare)) and _says_where(last[1], venues):
        bare = bare[: last.start()]
    if (first := re.match(rf"{within}\s*[:,.|-]?\s*", bare)) and _says_where(first[1], venues):
        bare = bare[first.end() :]
    # "OTB2013: Maps of Maps" begins with a name, for all that the registry knows.
    if (
        (first := _VENUE_BEFORE.match(bare))
        and is_venue(first[1], venues)
        and venue_year(first[1], venues)
        and (venues.find(first[1]) or not first[1].isalnum())
    ):
        bare = bare[first.end() :]
    return bare


def _says_where(text: str, venues: VenueNames) -> bool:
    return bool(
        re.fullmatch(r"(?:19|20)[0-9]{2}", text.strip())
        or (is_venue(text, venues) and venue_year(text, venues))
        or (is_label(text) and not find_year(text))
    )


def without_year(text: str) -> str:
    """Return *text* without year, and without the *In* and *Proc.* of references around it."""
    bare = _SHORT_YEAR.sub(" ", _YEAR.sub(" ", text)) if find_year(text) else text
    return re.sub(
        r"^(?:in|at|accepted (?:by|at|to))\b[:\s]*",
        "",
        one_line(bare).strip(_AROUND),
        flags=re.IGNORECASE,
    )


def venue_of_address(href: str, venues: VenueNames) -> tuple[str, int]:
    """Return venue and year that an address of proceedings tells; empty and 0 if it tells none."""
    # Who named a repository so was not yet accepted, and a challenge is no paper.
    for name, year, workshop in _IN_ADDRESS.findall(href) if leads_to_paper("", href) else ():
        if venues.find(name):
            return f"{name.upper() if name.islower() else name}{' Workshop' if workshop else ''} {year}", int(
                year
            )
    host = re.match(r"https?://([^/]+)", href)
    year = _PATH_YEAR.search(href)
    if host and year and "." in host[1]:
        for label in host[1].lower().split(".")[:-1]:
            if len(label) > 3 and venues.find(label):
                return f"{label} {year[1]}", int(year[1])
    return "", 0


def placed(draft: Draft, hrefs: Sequence[str], context: Context, venues: VenueNames) -> Draft:
    """Give *draft* what is known of where and when from its addresses and from what it stands below."""
    if not draft.venue:
        told = next(filter(lambda each: each[0], (venue_of_address(href, venues) for href in hrefs)), ("", 0))
        if told[0] and draft.year in {0, told[1]}:
            return replace(draft, venue=told[0], year=told[1])
    is_preprint = re.match(r"(?:arxiv|corr|preprint)", draft.venue.strip(), re.IGNORECASE)
    if draft.venue and not draft.year and not is_preprint:
        told = next(
            filter(
                lambda each: each[0] and venues.find(each[0]) == venues.find(draft.venue),
                (venue_of_address(href, venues) for href in hrefs),
            ),
            ("", 0),
        )
        return replace(draft, year=told[1] or context.year)
    if not draft.venue and context.venue and draft.year in {0, context.year}:
        return replace(draft, venue=context.venue, year=context.year or draft.year)
    return draft if draft.year or draft.date else replace(draft, year=context.year)


def with_links(draft: Draft, labelled: Sequence[tuple[str, str]]) -> tuple[Draft, list[str]]:
    """Give each address its place: what it leads to says more than what it is called."""
    rest = []
    # A title may lead to a page of the authors where *Paper* leads to the paper.
    for kind, href in sorted(
        dict.fromkeys(labelled), key=lambda each: each[0] == "title" and not leads_to_paper("", each[1])
    ):
        if not href.startswith(("https://", "http://")):
            if href and not href.startswith("#"):
                rest.append(f"link: {href}")
        elif is_arxiv(href) and find_arxiv(href):
            if draft.arxiv and draft.arxiv != find_arxiv(href):
                rest.append(f"link: {href}")
            draft = replace(draft, arxiv=draft.arxiv or find_arxiv(href))
        elif doi := doi_of_address(href):
            if draft.doi and draft.doi != doi:
                rest.append(f"link: {href}")
            draft = replace(draft, doi=draft.doi or doi)
        elif _NO_PAPER_HOST.match(href) or kind in {"bibtex", "beside"}:
            rest.append(f"link: {href}")
        elif _CODE_HOST.match(href):
            # What is called *Paper* is none of the code, wherever it lies; what is called by a name is another's.
            is_folder = re.search(r"/(?:tree|blob)/", href) and not leads_to_paper("", href)
            if not kind or (kind == "link" and is_folder):
                rest.append(f"link: {href}")
                continue
            repository = href.partition("#")[0] if kind == "code" else href
            if _REPOSITORY.fullmatch(repository):
                draft = replace(draft, code=tuple(dict.fromkeys((*draft.code, repository))))
            elif leads_to_paper("", href) and not draft.url and kind in {"title", "link"}:
                draft = replace(draft, url=href)
            else:
                rest.append(f"link: {href}")
        elif kind == "code":
            draft = replace(draft, code=tuple(dict.fromkeys((*draft.code, href))))
        elif kind == "project" or (
            kind in {"title", "link"} and _PROJECT_HOST.match(href) and not leads_to_paper("", href)
        ):
            if draft.project and draft.project != href:
                rest.append(f"link: {href}")
            draft = replace(draft, project=draft.project or href)
        elif kind in {"title", "link", "venue"} and not draft.url:
            draft = replace(draft, url=href)
        else:
            rest.append(f"link: {href}")
    # Beside an id, a column of links may lead to data as well.
    if (draft.arxiv or draft.doi) and ("link", draft.url) in labelled and not leads_to_paper("", draft.url):
        return replace(draft, url=""), [*rest, f"link: {draft.url}"]
    return draft, rest


def doi_of_address(href: str) -> str:
    """Return the DOI that an address of the resolver or of a publisher holds; empty without one."""
    if not re.search(r"doi\.org/|/doi/(?:\w+/)?10\.", href):
        return ""
    # Publishers add parts of their own to the DOI.
    return re.sub(r"/(?:abstract|full|pdf|epdf|meta)$", "", find_doi(href))


def leads_to_paper(label: str, href: str) -> bool:
    """Say whether a link is one to a paper: by a label such as *Paper*, or by where papers are kept."""
    return bool(_OF_PAPER.intersection(folded(label).split()) and is_label(label)) or (
        (_PDF.search(href) or _PAPER_HOST.search(href)) is not None
    )


def is_of_paper(draft: Draft, links: Sequence[Link], *, is_listed: bool) -> bool:
    """Say whether there is evidence that *draft* is of a paper, and of no tool, dataset, post or talk.

    One of these is enough: an id, an address where papers are kept. Of these it takes two: a link called *Paper* or to a
    PDF, authors, a venue, and *is_listed*: it stands where papers do, in a column of titles or as a reference without links.
    """
    if draft.arxiv or draft.doi:
        return True
    if links and all(_NO_PAPER_HOST.match(link.href) for link in links):
        return False
    has_link = any(leads_to_paper(link.label, link.href) for link in links)
    return (
        any(_PAPER_HOST.search(link.href) for link in links)
        or sum(map(bool, (draft.venue, has_link, draft.authors or draft.notes, is_listed))) > 1
    )


def unlike_a_title(title: str) -> bool:
    """Say whether *title* has marks of what it should end before: brackets that do not close, labels and years in brackets, people."""
    title = re.sub(r"\$[^$]*\$", " ", title)
    return (
        any(title.count(left) != title.count(right) for left, right in ("()", "[]", "“”"))
        or any(folded(within) in LABELS for within in re.findall(r"[\[(]([^\[\]()]+)[\])]", title))
        or re.search(r"https?://|(?:^|\s)\|(?:\s|$)|\bcitations?\)?$|(?:19|20)[0-9]{2}[)\]]$", title)
        is not None
        # "Maps of Maps A. B. Berg"
        or re.search(r"\s[A-Z]\. (?:[A-Z]\. )?[A-Z][a-z]+", title) is not None
        or re.search(r"\b(?:[A-Z]\w{0,40}[A-Z]\w{0,40}|[Aa]r[Xx]iv)(?: [A-Z]\w+)? (?:19|20)[0-9]{2}$", title)
        is not None
    )


def is_arxiv(href: str) -> bool:
    """Say whether an address is one of arXiv, or of a site that shows arXiv's papers under their ids."""
    return _ARXIV_ADDRESS.match(href) is not None


def finished(draft: Draft) -> Draft:
    """Fill in what follows from the rest: an arXiv id holds the month of the first version."""
    if re.fullmatch(r"(?:arxiv|corr|preprint|openreview).*", draft.venue.strip(), re.IGNORECASE):
        arxiv = draft.arxiv or find_arxiv(draft.venue)
        draft = replace(draft, venue="", arxiv=arxiv)
    if not draft.venue:
        draft = replace(draft, date=draft.date or str(draft.year or ""), year=0)
    first = arxiv_month(draft.arxiv)
    if first and not draft.date.startswith(first):
        draft = replace(draft, date=first)
    return draft


def read_people(text: str) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Read authors; those that a list names only in part, or in a way that leaves open who is who, are left out and said."""
    text = one_line(_FOOTNOTES.sub(" ", text)).strip(" ,;")
    # The last initial of "H. Berg and S." that stood at the end of a sentence.
    text = f"{text}." if re.search(r"\b[A-Z]\.", text) and re.search(r",\s[A-Z]$", text) else text
    text = text if re.search(r"\b(?:[A-Z]|[JS]r|al)\.$", text) else text.rstrip(".")
    if re.search(r"\bet\.? al\b|\band others\b|\.\.\.|…", text):
        return (), (f"the list names only some of the authors: {text}",)
    turned = text.split(" and ")
    if len(turned) > 1 and all(_REVERSED.fullmatch(each.strip()) for each in turned):
        authors, odd = people([each.strip() for each in turned])
        return authors, odd
    names = split_names(text)
    # *Berg, A., Hove, B.*, *Berg A, Hove B*: who knows which commas part them, and what is whose name.
    if any(_INITIALS.fullmatch(name) or _LAST_INITIAL.fullmatch(name) for name in names):
        return (), (f"authors not understood: {text}",)
    authors, odd = people(names)
    return ((), (f"authors not understood: {text}",)) if odd else (authors, ())


def are_people(text: str) -> bool:
    """Say whether *text* reads as the names of several people, or of some *et al.*."""
    bare = _FOOTNOTES.sub(" ", text)
    # *Berg, Ada and Hove, Ben*, as BibTeX writes them.
    if " and " in bare and all(_REVERSED.fullmatch(each.strip()) for each in bare.strip(" .").split(" and ")):
        return True
    is_open = re.search(r"\bet\.? al\b", bare) is not None
    names = split_names(bare)
    return (len(names) > 1 or (is_open and bool(names))) and all(_is_name(each, is_open) for each in names)


def holds_people(title: str) -> bool:
    """Say whether what was read as a title has people in it: three names in a row, or two that *and* joins at its beginning."""
    pieces = re.split(r"\s*[,;]\s+(?:and\s+)?", title)
    last = re.match(r"([^,:]+ and [^,:]+), ", title)
    rows = zip(pieces[1:], pieces[2:], pieces[3:], strict=False)
    return (last is not None and are_people(last[1])) or any(
        all(_is_name(each, False) for each in row) for row in rows
    )


def _is_name(text: str, is_open: bool) -> bool:
    words = text.split()
    return (
        (1 - is_open) < len(words) <= 5
        and text[:1].isupper()
        and not re.search(r"[0-9:?!\"“”()\[\]/]", text)
        and all(word[:1].isupper() or word in _PARTICLES or not word.isascii() for word in words)
        and not _OF_TITLES.intersection(words)
        and not re.search(r"[A-Z]{3}|[A-Z]-[A-Z]{2}|[a-z]{3}\. ", text)  # "Fast R-CNN"
        and not is_label(text)
    )


def split_names(text: str) -> list[str]:
    """Split names at the strongest mark between them: in *Berg, Ada; Hove, Ben* no comma parts people."""
    whole = re.sub(r",?\s*\bet\.? al\b\.?", "", text)
    mark = r"\s*;\s*" if ";" in whole else r"\s*(?:,|&|\band\b)\s*"
    return [name.strip() for name in re.split(mark, whole) if name.strip()]


def find_year(text: str) -> int:
    """Return the year in *text*, also of *CVPR'21*; 0 without one."""
    if match := _YEAR.search(text):
        return int(match[1])
    match = _SHORT_YEAR.search(text)
    return 2000 + int(match[1]) if match and int(match[1]) < 50 else 0


def venue_year(text: str, venues: VenueNames) -> int:
    """Return the year in the name of a venue, also of *ICLR-20*, where the registry knows it; 0 without one."""
    if year := find_year(text):
        return year
    match = re.search(r"[A-Z]{3,20}\s?-?([0-9]{2})$", text.strip())
    return 2000 + int(match[1]) if match and int(match[1]) < 50 and venues.find(text) else 0


def folded(text: str) -> str:
    """Return *text* as heads and labels are compared: words in lower case."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()

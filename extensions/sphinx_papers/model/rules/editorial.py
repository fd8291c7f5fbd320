"""Editorial rules: how a page is written, beside what its record says.

The rules are general; what they ask for is data of the field: which sections there are
and how long, what a placeholder looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sphinx_papers.model.problem import Position, did_you_mean
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.rules.prose import BREAK, WORD, Prose

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
    _runs: dict[tuple[str, ...], str] = field(default_factory=dict)
    _placeholder: re.Pattern[str] | None = field(init=False, default=None)
    _phrases: list[tuple[str, str]] = field(init=False, default_factory=list)
    _papers: frozenset[str] = field(init=False, default=frozenset())
    _cited: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        self._papers = self.library.unreadable.union(self.library)
        self._cited = self._papers.union(self.library.works)
        if self.rules.placeholders:
            texts = "|".join(re.escape(text) for text in self.rules.placeholders)
            self._placeholder = re.compile(rf"(?<!\w)(?:{texts})(?!\w)", re.IGNORECASE)
        for phrase in sorted(self.rules.set_phrases, key=len, reverse=True):
            words = WORD.findall(phrase.lower())
            self._phrases.append((f" {' '.join(words)} ", " ".join(["", *[BREAK] * len(words), ""])))

    def paper_findings(self, key: str, prose: Prose) -> Iterator[Finding]:
        """Yield what is wrong with the prose of the page *key*."""
        if not prose.title:
            yield Finding(
                prose.start, "no-title", "the page has no heading", "begin it with `# Name: what it is`"
            )
        yield from self._section_findings(prose)
        yield from self._reference_findings(key, prose)
        paper = self.library.get(key)
        if paper is not None:
            yield from self._number_findings(paper, prose)

    def text_findings(self, name: str, prose: Prose) -> Iterator[Finding]:
        """Yield what is wrong with any page: placeholders, dead references, words of another page.

        *name* is what other pages are told the page is called.
        """
        yield from self._placeholder_findings(prose)
        yield from self._dead_references(prose)
        yield from self._shared_words(name, prose)

    def _section_findings(self, prose: Prose) -> Iterator[Finding]:
        if not self.rules.sections:
            return
        rules = {rule.title: rule for rule in self.rules.sections}
        order = list(rules)
        reached = -1
        for section in prose.sections:
            rule = rules.get(section.title)
            if rule is None:
                if section.title not in self.rules.optional:
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

    def _placeholder_findings(self, prose: Prose) -> Iterator[Finding]:
        if self._placeholder is None:
            return
        for match in self._placeholder.finditer(prose.text):
            yield Finding(
                prose.place(match.start()), "placeholder", f"`{match[0]}` stands in for text",
                "write the text, or take it out",
            )  # fmt: skip

    def record_findings(self, paper: Paper) -> Iterator[tuple[tuple[str | int, ...], str, str, str]]:
        """Yield (path, code, message, hint) for what is wrong with how a record is written."""
        pattern = self._placeholder
        texts: list[tuple[tuple[str | int, ...], str]] = [
            (("summary",), paper.summary),
            (("title",), paper.title),
        ]
        texts += [(("results", place, "note"), result.note) for place, result in enumerate(paper.results)]
        for path, text in texts:
            if pattern is not None and (match := pattern.search(text)):
                yield (
                    path,
                    "placeholder",
                    f"`{match[0]}` stands in for text",
                    "write the text, or take it out",
                )
        length = len(paper.summary)
        if (length or paper.sections) and length < self.rules.shortest_summary:
            yield (
                ("summary",), "short-summary", f"{length} characters say little",
                "say in one sentence what it does and what that buys",
            )  # fmt: skip
        if not paper.authors:
            yield (
                (), "no-authors", "the record names no author",
                "add `authors`, as soon as a source confirms them",
            )  # fmt: skip
        for place, result in enumerate(paper.results):
            if not result.source:
                yield (
                    ("results", place), "no-source", "nobody can tell where this number was seen",
                    "add `source`, the name of an entry of `sources`",
                )  # fmt: skip

    def _reference_findings(self, key: str, prose: Prose) -> Iterator[Finding]:
        if not prose.sections:  # nobody has written about the paper yet
            return
        others = {
            target
            for mention in prose.mentions
            if mention.role != "link"
            for target in mention.targets
            if target != key
        }
        if len(others) < self.rules.references:
            yield Finding(
                prose.start, "few-references", f"the page refers to {len(others)} others",
                f"name at least {self.rules.references}: what it builds on, what it competes with",
            )  # fmt: skip

    def _dead_references(self, prose: Prose) -> Iterator[Finding]:
        library = self.library
        papers, known = self._papers, self._cited
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

    def _number_findings(self, paper: Paper, prose: Prose) -> Iterator[Finding]:
        """Yield scores that the prose has from nowhere.

        A score is a decimal number, or a percentage beside a metric, in a sentence that names a
        metric or a benchmark, of a size that the collection's results have. A sentence that
        cites says itself where its numbers are from.
        """
        if not prose.numbers:
            return
        vocabulary = _Vocabulary.of(self.library)
        carried = list(_carried(paper))
        for number in prose.numbers:
            if number.is_cited or not vocabulary.is_score(number.text, number.sentence, number.is_percentage):
                continue
            if not any(_agrees(number.text, value) for value in carried):
                yield Finding(
                    number.position, "loose-number", f"no result carries {number.text}",
                    "add it to `results` or to the note of one, or cite where it is from",
                )  # fmt: skip

    def _shared_words(self, name: str, prose: Prose) -> Iterator[Finding]:
        length = self.rules.shared_words
        if not length:
            return
        runs, words = self._runs, self._own_words(prose.words)
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

    def _own_words(self, words: tuple[str, ...]) -> Sequence[str]:
        """Return *words* with a break for each word of a phrase that pages may share."""
        if not self._phrases:
            return words
        text = f" {' '.join(words)} "
        for phrase, breaks in self._phrases:
            text = text.replace(phrase, breaks)
        return text.split()


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


def _carried(paper: Paper) -> Iterator[float]:
    """Yield every number that the results of *paper* show."""
    for result in paper.results:
        yield result.value
        for text in (result.note, result.variant, result.where):
            yield from (float(each) for each in re.findall(r"[0-9]+(?:\.[0-9]+)?", text))


def _agrees(text: str, value: float) -> bool:
    """Say whether *text* is *value*, or *value* rounded."""
    digits = len(text.partition(".")[2])
    return abs(float(text) - value) <= 0.5 * 0.1**digits + 1e-9


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words by which a sentence is known to speak of scores."""

    metrics: re.Pattern[str]
    benchmarks: re.Pattern[str]
    low: float
    high: float

    @classmethod
    def of(cls, library: Library) -> _Vocabulary:
        """Return the words of *library*, gathered once."""
        memory = library.memory("score words")
        if not memory:
            benchmarks = library.registry.benchmarks.values()
            metrics = {benchmark.metric for benchmark in benchmarks}
            # What tells a name apart is what is written in capitals: VOC, COCO, ScanNet.
            names = {
                word
                for benchmark in benchmarks
                for word in re.findall(r"\w+", benchmark.name)
                if sum(letter.isupper() for letter in word) >= 2
            }
            values = [result.value for paper in library.values() for result in paper.results]
            memory[""] = cls(
                _words(metrics), _words(names), min(values, default=0.0) / 2, max(values, default=0.0) * 2
            )
        return memory[""]  # type: ignore[no-any-return]

    def is_score(self, text: str, sentence: str, is_percentage: bool) -> bool:
        """Say whether the number *text* of *sentence* looks like a result."""
        if not self.low <= float(text) <= self.high:
            return False
        is_decimal = "." in text
        if _names_any(self.metrics, sentence):
            return is_percentage or is_decimal
        return is_decimal and _names_any(self.benchmarks, sentence)


@lru_cache(maxsize=8)
def _names_any(words: re.Pattern[str], sentence: str) -> bool:
    """Say whether *sentence* has one of *words*; a sentence may have many numbers, each of which asks."""
    return words.search(sentence) is not None


def _words(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in ordered)})\b" if ordered else r"(?!)")


def unused_entries(library: Library) -> Iterator[tuple[str, str]]:
    """Yield (registry, identifier) of each venue, benchmark and method that no paper uses."""
    used: Mapping[str, Iterable[str]] = {
        "venues": library.by_venue, "benchmarks": library.by_benchmark, "methods": library.by_method,
    }  # fmt: skip
    registry = library.registry
    known: Mapping[str, Iterable[str]] = {
        "venues": registry.venues, "benchmarks": registry.benchmarks, "methods": registry.methods,
    }  # fmt: skip
    for name, entries in known.items():
        yield from ((name, entry) for entry in sorted(set(entries) - set(used[name])))

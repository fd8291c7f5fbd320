"""Which numbers of a page's prose are scores: the size and the words of the results that a collection has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sphinx_papers.model.records.library import Kept, Library
from sphinx_papers.model.records.paper import Paper


def carried(paper: Paper) -> Iterator[float]:
    """Yield every number that the results of *paper* show."""
    for result in paper.results:
        yield result.value
        for text in (result.note, result.variant, result.where):
            yield from (float(each) for each in re.findall(r"[0-9]+(?:\.[0-9]+)?", text))


def agrees(text: str, value: float) -> bool:
    """Say whether *text* is *value*, or *value* rounded."""
    digits = len(text.partition(".")[2])
    return abs(float(text) - value) <= 0.5 * 0.1**digits + 1e-9


@dataclass(frozen=True, slots=True)
class ScoreWords:
    """The words by which a sentence is known to speak of scores."""

    metrics: re.Pattern[str]
    benchmarks: re.Pattern[str]
    low: float
    high: float

    @classmethod
    def of(cls, library: Library) -> ScoreWords:
        """Return the words of *library*."""
        benchmarks = library.registry.benchmarks.values()
        metrics = {benchmark.metric for benchmark in benchmarks}
        # What tells a name apart is what is written in capitals: VOC, COCO, ScanNet.
        names = {
            word
            for benchmark in benchmarks
            for word in re.findall(r"\w+", benchmark.name)
            if sum(letter.isupper() for letter in word) >= 2
        }
        values = sorted(result.value for paper in library.values() for result in paper.results) or [0.0]
        rare = len(values) // 100  # a method that fails altogether says nothing about how large scores are
        return cls(_words(metrics), _words(names), values[rare] / 2, values[-1 - rare] * 2)

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


SCORE_WORDS = Kept(ScoreWords.of)

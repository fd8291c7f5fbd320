"""What must agree within a record: splits with benchmarks, numbers with sources and with each other."""

from __future__ import annotations

from sphinx_papers.formats.records.record import MeasurementForm, PrintedForm, RecordForm, ResultForm
from sphinx_papers.formats.records.yaml import Document
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.registry import Registry


def check_record(
    record: RecordForm, document: Document, path: tuple[str | int, ...], registry: Registry
) -> None:
    """Note in *document* what does not agree in the record at *path*."""
    for name in ("results", "as_printed", "reproductions"):
        for place, number in enumerate(getattr(record, name)):
            _check_number(number, document, (*path, name, place), registry)
            _check_sources(record, number, document, (*path, name, place))
            if name != "results":
                _check_meant(record, number, document, (*path, name, place))
    _check_lists(record, document, path, registry)


def _check_number(
    number: MeasurementForm, document: Document, path: tuple[str | int, ...], registry: Registry
) -> None:
    benchmark = registry.benchmarks[number.benchmark]
    if number.split not in benchmark.splits:
        known = ", ".join(benchmark.splits)
        document.report(
            (*path, "split"), "unknown-split", f"`{number.split}` is no split of {benchmark.name}",
            did_you_mean(number.split, benchmark.splits, f"known are {known}"),
        )  # fmt: skip
    if not benchmark.low <= number.value <= benchmark.high:
        document.report(
            (*path, "value"), "out-of-range",
            f"{number.value:g} is no {benchmark.metric} on {benchmark.name}",
            f"it must be from {benchmark.low:g} to {benchmark.high:g}",
        )  # fmt: skip


def _check_sources(
    record: RecordForm, number: MeasurementForm, document: Document, path: tuple[str | int, ...]
) -> None:
    named: list[tuple[tuple[str | int, ...], str]] = []
    if isinstance(number, ResultForm | PrintedForm) and number.source:
        named.append(((*path, "source"), number.source))
    if isinstance(number, ResultForm):
        named += [((*path, "also", place), name) for place, name in enumerate(number.also)]
    for place, name in named:
        if name not in record.sources:
            document.report(
                place, "unknown-source", f"`{name}` is not in `sources`",
                did_you_mean(name, record.sources, "add it there"),
            )  # fmt: skip


def _check_meant(
    record: RecordForm, number: MeasurementForm, document: Document, path: tuple[str | int, ...]
) -> None:
    """Report a number that repeats or aims at a result which the record does not have."""
    meant: float | None = getattr(number, "of", None)
    key = "of" if meant is not None else "value"
    if meant is None:
        if not isinstance(number, PrintedForm):
            return
        meant = number.value
    known = [
        result.value
        for result in record.results
        if (result.benchmark, result.split) == (number.benchmark, number.split)
    ]
    if meant not in known:
        values = ", ".join(f"{value:g}" for value in known)
        document.report(
            (*path, key), "unknown-result", f"no result on this split has the value {meant:g}",
            f"say with `of` which is meant: {values}" if known else "add the result, or leave this out",
        )  # fmt: skip


def _check_lists(
    record: RecordForm, document: Document, path: tuple[str | int, ...], registry: Registry
) -> None:
    lists = ["names", "authors", "methods", "builds_on"]
    lists += [facet.id for facet in registry.facets.values() if facet.many]
    for name in lists:
        seen: set[str] = set()
        for place, item in enumerate(getattr(record, name)):
            if item in seen:
                document.report(
                    (*path, name, place), "repeated-item", f"`{item}` is in `{name}` twice",
                    "keep one of them",
                )  # fmt: skip
            seen.add(item)
    for facet in registry.facets.values():
        if facet.required and not getattr(record, facet.id):
            document.report(
                (*path, facet.id), "missing-key", f"`{facet.id}` is empty", "every record needs it"
            )

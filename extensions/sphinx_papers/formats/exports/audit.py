"""An audit as text for people, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sphinx_papers.formats.text.plain import one_line, writable
from sphinx_papers.model.records.evidence import STATE_NAMES, State, state
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.tables.leaderboard import value_text
from sphinx_papers.model.views.audit import RULE, Audit, PaperAudit, fact_name, to_look_for

VERSION = 1
"""Changes when a program that reads the JSON could read it wrongly."""


def audit_text(found: Audit, registry: Registry) -> str:
    """Return *found* in lines: the states, what is open, then the papers that would help most first."""
    papers, numbers = _counted(len(found.papers), "paper"), _counted(sum(found.states.values()), "number")
    lines = [
        f"{papers}, {numbers}: {_states(found.states) or 'none'}",
        *_open(found, registry),
        "",
        f"What to look for next ({RULE.rstrip('.')}):",
        *(_paper(each, registry) for each in found.papers if each.points),
    ]
    return writable("\n".join(lines) + "\n")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _states(counts: Any) -> str:
    return ", ".join(f"{counts[each]} {STATE_NAMES[each].lower()}" for each in State if counts[each])


def _open(found: Audit, registry: Registry) -> Iterator[str]:
    for (benchmark, split), counts in found.open.items():
        known = registry.benchmarks[benchmark]
        said = ", ".join(
            f"{registry.conditions[name].name} {counts[name][0]} of {counts[name][1]}"
            for name in registry.conditions
            if counts.get(name, (0, 0))[0]
        )
        if said:
            yield f"unknown on {known.name} {known.splits[split].name}: {said}"


def _paper(each: PaperAudit, registry: Registry) -> str:
    read = [str(day) for day in each.read[:1] + each.read[-1:]]
    day = f" (read {' to '.join(dict.fromkeys(read))})" if read else ""
    said = one_line(f"{each.paper.key}: {'; '.join(to_look_for(registry, each))}{day}")
    return f"{each.points:>5}  {said}"


def audit_json(found: Audit, registry: Registry) -> str:
    """Return *found* as JSON: what is counted over all, then each paper with each of its numbers."""
    whole = {
        "version": VERSION,
        "rule": RULE,
        "states": _named(found.states),
        "splits": [
            {"benchmark": benchmark, "split": split, "states": _named(counts)}
            for (benchmark, split), counts in found.splits.items()
        ],
        "facts": {
            name: {"name": fact_name(registry, name), "known": known, "papers": of}
            for name, (known, of) in found.known.items()
        },
        "unknown": [
            {"benchmark": benchmark, "split": split, "condition": name, "numbers": open_, "of": of}
            for (benchmark, split), counts in found.open.items()
            for name, (open_, of) in counts.items()
        ],
        "papers": [_paper_json(each, registry) for each in found.papers],
    }
    return writable(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")


def _named(counts: Any) -> dict[str, int]:
    return {each.value: counts[each] for each in State}


def _paper_json(each: PaperAudit, registry: Registry) -> dict[str, Any]:
    paper = each.paper
    return {
        "key": paper.key,
        "points": each.points,
        "look_for": list(to_look_for(registry, each)),
        "facts": dict(each.known),
        "read": [str(day) for day in each.read],
        "numbers": [
            {
                "benchmark": result.benchmark,
                "split": result.split,
                "value": value_text(result.value),
                "by": result.by.value,
                "state": state(paper, result).value,
                "source": result.source,
                "unknown": list(_unknown(each, registry, place)),
            }
            for place, result in enumerate(paper.results)
        ],
    }


def _unknown(each: PaperAudit, registry: Registry, place: int) -> Iterable[str]:
    result = each.paper.results[place]
    return (
        condition.id
        for condition in registry.conditions.values()
        if condition.concerns(each.paper, result) and condition.id not in result.conditions
    )

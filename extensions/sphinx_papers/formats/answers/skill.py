"""The skill: how an agent asks these records, made of the registry and the verbs, so that it is in step with both.

The form is that of https://agentskills.io/specification: a name, a description that says when to use it, then Markdown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sphinx_papers.formats.answers import verbs
from sphinx_papers.formats.text.markdown import code, words
from sphinx_papers.model.records.evidence import STATE_SUMMARIES
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.person import slug
from sphinx_papers.model.records.registry import Term
from sphinx_papers.model.tables.ranking import league_kinds


@dataclass(frozen=True)
class Verb:
    """A command as the skill tells of it."""

    usage: str
    """How it is called, in one line."""
    summary: str


def skill_name(title: str) -> str:
    """Return what the skill of the site *title* is called, which is also its folder."""
    return slug(title) or "papers"


def skill_text(library: Library, title: str, records: str, told: Sequence[Verb]) -> str:
    """Return the skill of the site *title*; *records* is where its ``papers.json`` is, *told* are its verbs."""
    return "\n".join(_lines(library, title, records, told)) + "\n"


def _lines(library: Library, title: str, records: str, told: Sequence[Verb]) -> Iterator[str]:
    registry, boards = library.registry, verbs.boards(library).boards
    most = [board.title for board in sorted(boards, key=lambda each: -each.results)[:3]]
    about = f"Answers questions about {title}: {len(library)} papers, what each reports, under which conditions, and where that was read."
    when = f"Use it for a number, the best of a leaderboard ({'; '.join(most)}), a comparison, code, licences, or who reproduced a result."
    yield from (
        "---",
        f"name: {skill_name(title)}",
        f"description: {json.dumps(f'{about} {when}', ensure_ascii=False)}",
        "---",
        "",
    )
    yield from (f"# {words(title)}", "", about, "")
    yield from ("## Ask", "")
    where = f"<{records}>" if "://" in records else f"`{records}` of the site"
    yield from (f"With the command `sphinx-papers`, where RECORDS is {where}:", "")
    yield from (f"- `{each.usage} --records RECORDS`: {each.summary}" for each in told)
    yield from (
        "",
        "`--json` gives JSON. `sphinx-papers mcp --records RECORDS` (with `pip install 'sphinx-papers[mcp]'`) offers the same as MCP tools.",
        "Without either, read `papers.json`, whose `registry` says what its words mean, or the pages as Markdown: each has a twin with `.md`.",
        "",
        "## Rules",
        "",
        "- Say a number with its conditions and its source; both stand on the line of the answer.",
        "- What an answer calls unknown is not stated anywhere: do not fill it in, and do not take two unknowns for equal.",
    )
    if registry.deciding:
        yield f"- Only results with the same {league_kinds(registry)} compare. `best` answers for each of these apart; name one to get one answer."
    yield from (
        "- A result *not ranked* is told for completeness: say why, and do not call it the best.",
        "- If two papers are called alike, the answer says their keys: ask again with one.",
        "",
        "## How reliable a number is",
        "",
    )
    yield from (f"- {state.value}: {summary}" for state, summary in STATE_SUMMARIES.items())
    yield from ("", "## Boards", "")
    yield from (
        f"- `{each.board}`: {words(each.title)} ({words(each.metric)}), {each.results} results"
        for each in boards
    )
    yield from (
        "",
        "## Questions of a board",
        "",
        "`QUESTION=ANSWER`, several answers apart by commas; terms that go together are joined by a full stop.",
        "",
    )
    for facet in registry.facets.values():
        if facet.per_result:
            yield f"- `{facet.id}`: {words(facet.summary)} {_terms(facet.terms.values())}, `none`, `unknown`"
    for condition in registry.conditions.values():
        known = _terms(condition.terms.values()) or ", ".join(map(code, condition.examples)) + " and others"
        yield f"- `{condition.id}`: {words(condition.summary)} {known}"
    yield "- `year`, `venue`, `state`, `by` (`authors`, `others`), `has` (`code`, `weights`, `reproductions` and others)"
    yield from ("", "## Fields of `find`", "")
    for facet in registry.facets.values():
        yield f"- `{facet.id}`: {_terms(facet.terms.values())}"
    if registry.methods:
        yield f"- `method`: {', '.join(f'`{each.slug}` ({words(each.name)})' for each in registry.methods.values())}"
    yield "- `year` (`2020`, `2019-2021`, `2022-`), `venue`, `author`, `has`, `key`; `not` before a value excludes it"


def _terms(terms: Iterable[Term]) -> str:
    return ", ".join(f"`{term.id}` ({words(term.name)})" for term in terms)

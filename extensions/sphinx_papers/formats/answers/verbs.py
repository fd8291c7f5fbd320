"""What can be asked of a collection: the verbs that the command line, the MCP server and agents share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from sphinx_papers.formats.answers.answer import (
    AnswerError,
    AskedOf,
    BestAnswer,
    Board,
    BoardAnswer,
    BoardsAnswer,
    CompareAnswer,
    Difference,
    FindAnswer,
    Found,
    League,
    SharedLine,
    number,
    paper_name,
)
from sphinx_papers.model.problem import did_you_mean, shown
from sphinx_papers.model.records.letters import plain
from sphinx_papers.model.records.library import Library
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Registry
from sphinx_papers.model.records.title import normalised_title
from sphinx_papers.model.tables.board import Query, kept, kinds_of, parse_query
from sphinx_papers.model.tables.comparison import named
from sphinx_papers.model.tables.finding import UNKNOWN, result_questions
from sphinx_papers.model.tables.leaderboard import leaderboard
from sphinx_papers.model.tables.ranking import Standing, league_name
from sphinx_papers.model.tables.select import SelectionError, parse_selection, select
from sphinx_papers.model.views.card import best_result
from sphinx_papers.model.views.library_views import board_title
from sphinx_papers.model.views.side_by_side import FEWEST, MOST, apart, board_of, shared, sheet

ROWS = 6
"""So many results an answer has, if nobody asks for another number."""
RESULTS = 6
"""So many results of a paper are shown, if nobody asks for another number."""
PAPERS = 10
"""So many papers are found, if nobody asks for another number."""


def require_words(library: Library) -> None:
    """Refuse records that do not tell what their words mean, as those of an earlier release.

    :raises AnswerError: if they do not.
    """
    if library and library.registry == Registry(venues=library.registry.venues):
        raise AnswerError(
            "these records were published by an earlier release, which did not tell what their words mean"
        )


def find_paper(library: Library, word: str) -> Paper:
    """Return the paper that *word* names: its key, method, arXiv identifier, DOI or title, however it is written.

    :raises AnswerError: if there is none, or more than one.
    """
    wanted = plain(word.strip())
    by_name = [paper for paper in library.values() if wanted in map(plain, (paper.key, *paper.names))]
    exact = [paper for paper in by_name if word.strip() in (paper.key, *paper.names)]
    found = exact if len(exact) == 1 else by_name or [*_otherwise(library, word.strip())]
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(f"`{paper.key}` ({paper_name(library, paper).published})" for paper in found)
        raise AnswerError(f"{shown(word)} names {len(found)} papers: say which of {keys}")
    known = {plain(name): name for paper in library.values() for name in (paper.key, *paper.names)}
    hint = did_you_mean(wanted, known, "`find` looks for words")
    for folded in sorted(known, key=len, reverse=True):
        hint = hint.replace(f"`{folded}`", f"`{known[folded]}`")
    raise AnswerError(f"{shown(word)}: no such paper ({hint})")


def _otherwise(library: Library, word: str) -> Iterable[Paper]:
    title = normalised_title(word)
    bare = word.casefold().removeprefix("arxiv:").removeprefix("https://doi.org/").removeprefix("doi:")
    for paper in library.values():
        if bare in {paper.arxiv, paper.doi.casefold()} - {""} or title == normalised_title(paper.title):
            yield paper


def best(library: Library, board: str, criteria: Mapping[str, str], most: int = ROWS) -> BestAnswer:
    """Return the best results of *board* that fit *criteria*, of each league those in front.

    Results are ranked only against those with which they can be compared, so that there are as many answers as
    leagues. *most* is how many results are told; ties are told together.

    :raises AnswerError: if the collection has no results there.
    :raises SelectionError: for a board, question or answer that there is not.
    """
    board = known_board(library, board)
    query = parse_query(library, board, criteria)
    rows = kept(library, query)
    leagues: dict[str, list[tuple[Standing, int]]] = {}
    for standing, rank in rows:
        if rank is not None:
            leagues.setdefault(league_name(library.registry, standing.league or ()), []).append(
                (standing, rank)
            )
    told = dict(list(leagues.items())[:most])
    each = max(1, most // max(1, len(leagues)))
    return BestAnswer(
        board=board,
        title=f"{query.benchmark.metric} on {board_title(query.benchmark, query.split)}",
        asked=_asked(library, query),
        total=len(rows),
        leagues=tuple(
            League(
                name=name, total=len(own),
                numbers=tuple(
                    number(library, row.paper, row.result, rank)
                    for row, rank in sorted(own, key=lambda row: row[1])
                    if rank <= each
                ),
            )
            for name, own in told.items()
        ),
        more={name: len(own) for name, own in leagues.items() if name not in told},
        unranked=dict(Counter(standing.reason for standing, rank in rows if rank is None)),
        silent=_silent(library, board, criteria, query.chosen),
    )  # fmt: skip


def _asked(library: Library, query: Query) -> dict[str, tuple[str, ...]]:
    questions = {question.id: question for question in result_questions(library)}
    asked = {
        questions[name].name: tuple(questions[name].names(each) for each in given)
        for name, given in query.chosen.items()
    }
    return asked | ({"As of": (query.until.month_name,)} if query.until else {})


def _silent(
    library: Library, board: str, criteria: Mapping[str, str], chosen: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Count the results that are left out for one thing that they do not state."""
    found = {}
    for question in result_questions(library):
        if question.id not in kinds_of(library.registry) or UNKNOWN in chosen.get(question.id, (UNKNOWN,)):
            continue
        with suppress(SelectionError):  # every row states it
            query = parse_query(library, board, {**criteria, question.id: UNKNOWN})
            found[question.name] = len(kept(library, query))
    return {name: count for name, count in found.items() if count}


def known_board(library: Library, board: str) -> str:
    """Return *board* as records write it, ``BENCHMARK/SPLIT``; a benchmark alone is its only split with results.

    :raises AnswerError: if it has no results.
    """
    places = _boards(library)
    wanted = plain(board.strip())
    if wanted in places:
        return wanted
    titles = {plain(title.replace(",", "")): place for place, (title, _) in places.items()}
    if plain(board.replace(",", "")).strip() in titles:
        return titles[plain(board.replace(",", "")).strip()]
    splits = [place for place in places if place.partition("/")[0] == wanted]
    if len(splits) == 1:
        return splits[0]
    if splits:
        raise AnswerError(f"{shown(board)} has several splits: {', '.join(f'`{place}`' for place in splits)}")
    hint = did_you_mean(wanted, places, "known are " + ", ".join(places))
    raise AnswerError(f"{shown(board)}: no such board ({hint})")


def _boards(library: Library) -> dict[str, tuple[str, int]]:
    """Return title and number of results of each board that has any, in the order of the registry."""
    counts = Counter(
        f"{result.benchmark}/{result.split}" for paper in library.values() for result in paper.results
    )
    return {
        place: (board_title(benchmark, split), counts[place])
        for benchmark in library.registry.benchmarks.values()
        for split in benchmark.splits
        if counts[place := f"{benchmark.id}/{split}"]
    }


def boards(library: Library) -> BoardsAnswer:
    """Return the rankings that have results."""
    return BoardsAnswer(
        boards=tuple(_board(library, place, *found) for place, found in _boards(library).items())
    )


def _board(library: Library, place: str, title: str, count: int) -> Board:
    benchmark = library.registry.benchmarks[place.partition("/")[0]]
    metric = f"{benchmark.metric}, {benchmark.unit}" if benchmark.unit else benchmark.metric
    return Board(board=place, title=title, metric=metric, results=count)


def board(library: Library, place: str) -> BoardAnswer:
    """Return what can be asked of the ranking *place*, with the answers that its results give.

    :raises AnswerError: if the collection has no results there.
    """
    place = known_board(library, place)
    table = leaderboard(library, *place.split("/"))
    asked = table.finding.filters if table.finding else ()
    return BoardAnswer(
        board=_board(library, place, *_boards(library)[place]),
        questions=tuple(
            AskedOf(id=each.id, name=each.name, answers={choice.id: choice.rows for choice in each.choices})
            for each in asked
        ),
    )


def compare(library: Library, words: Sequence[str]) -> CompareAnswer:
    """Return the numbers of the papers that *words* name that stand under the same stated conditions.

    :raises AnswerError: if a word names no paper or several, or there are too few or too many.
    """
    papers = list({paper.key: paper for paper in (find_paper(library, word) for word in words)}.values())
    if not FEWEST <= len(papers) <= MOST:
        raise AnswerError(f"{FEWEST} to {MOST} papers can be compared, not {len(papers)}")
    sheets = [sheet(library, paper) for paper in papers]
    results = {
        id(told): (paper, result)
        for paper, each in zip(papers, sheets, strict=True)
        for told, result in zip(each.results, paper.results, strict=True)
    }
    lines = shared(sheets)
    return CompareAnswer(
        papers=tuple(paper_name(library, paper) for paper in papers),
        shared=tuple(
            SharedLine(
                board=line.board, title=board_of(library, line.board)[1],
                conditions=tuple(_told(library, line.group, line.stated)),
                unknown=tuple(library.registry.conditions[name].name for name in line.open),
                numbers=tuple(number(library, *results[id(told)]) for cell in line.numbers for told in cell),
            )
            for line in lines
        ),
        apart=tuple(
            Difference(
                board=rest.board, title=board_of(library, rest.board)[1], trained=rest.group,
                differing=tuple(library.registry.conditions[name].name for name in rest.differing),
                papers=tuple(dict.fromkeys(papers[place].name for place, _ in rest.numbers)),
            )
            for rest in apart(sheets, lines)
            if len({place for place, _ in rest.numbers}) >= FEWEST
        ),
    )  # fmt: skip


def _told(library: Library, group: str, stated: Mapping[str, str]) -> Iterable[str]:
    if group:
        yield group
    for name, text in stated.items():
        yield named(library.registry.conditions[name].name, text)


def find(library: Library, words: str, criteria: Mapping[str, str], most: int = PAPERS) -> FindAnswer:
    """Return the papers that have all *words* and fit *criteria*, those first that are called so.

    :raises SelectionError: for a field or value of *criteria* that there is not.
    """
    papers = select(library, parse_selection(library, criteria))
    wanted = plain(words).split()
    found = []
    for paper in papers:
        where = [_place(word, paper, library) for word in wanted]
        if None not in where:
            found.append((sum(place or 0 for place in where), paper))
    found.sort(key=lambda each: each[0])  # stable: equals stay as they were selected
    return FindAnswer(
        asked=" ".join([words, *(f"{name}={value}" for name, value in criteria.items())]).strip(),
        total=len(found),
        papers=tuple(
            Found(
                paper=paper_name(library, paper), summary=paper.summary,
                best="".join(span.text for span in best_result(library, paper)),
            )
            for _, paper in found[:most]
        ),
    )  # fmt: skip


_PLACES: tuple[Callable[[Paper, Library], Iterable[str]], ...] = (
    lambda paper, _: (paper.key, *paper.names, paper.arxiv, paper.doi),
    lambda paper, _: (paper.plain_title,),
    lambda paper, _: (paper.summary, str(paper.year), *(author.display for author in paper.authors)),
    lambda paper, library: (
        *(library.registry.methods[slug].name for slug in paper.methods),
        *(
            library.registry.facets[name].terms[term].name
            for name, terms in paper.facets.items()
            for term in terms
        ),
        *((library.registry.venues[paper.appearance.venue].name,) if paper.appearance else ()),
    ),
)
"""Where a word may stand, those first that say most of a paper."""


def _place(word: str, paper: Paper, library: Library) -> int | None:
    for place, texts in enumerate(_PLACES):
        if any(word in plain(text) for text in texts(paper, library)):
            return place
    return None

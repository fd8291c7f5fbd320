from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sphinx_papers.formats.exports.bibtex import write_bibtex
from sphinx_papers.formats.records import folder, reading
from sphinx_papers.formats.records.folder import read_collection
from sphinx_papers.formats.storage import cache as cached
from sphinx_papers.formats.storage.cache import Cache
from sphinx_papers.formats.storage.places import Places, page_files
from sphinx_papers.model.tables.select import UNTIL, selection_fields
from sphinx_papers.model.tables.table import TableSpec
from sphinx_papers.model.views.library_views import GroupsView, LeaderboardView, PaperView, TableView

MakePage = Callable[..., str]


def problems(places: Places) -> list[str]:
    """Return what is wrong with a collection, by paths within it."""
    root = f"{places.papers.parent}/"
    return [str(problem).removeprefix(root) for problem in read_collection(places).problems]


def write(places: Places, pages: dict[str, str]) -> None:
    for name, text in pages.items():
        (places.papers / name).write_text(text, "utf-8")


def test_a_collection_is_all_that_its_places_hold(places: Places, make_page: MakePage) -> None:
    write(
        places,
        {
            "a2021.md": make_page("methods: [erasing]", "builds_on: [b2020, zhou2016]"),
            "b2020.md": make_page("title: Another", "date: 2020"),
            "index.md": "# Papers\n",
            ".draft.md": "# Not yet\n",
            "notes.txt": "?",
        },
    )
    assert places.bibliography is not None
    places.bibliography.write_text("@misc{zhou2016, title = {Deep Features}, year = 2016}", "utf-8")
    collection = read_collection(places)
    assert collection.problems == ()
    assert list(collection.library) == ["a2021", "b2020"]
    assert list(collection.library.works) == ["zhou2016"]
    assert list(collection.library.registry.methods) == ["erasing", "saliency"]
    assert list(collection.library.registry.venues) == ["cvpr", "pr", "arxiv", "ws"]


def test_places_that_are_not_there_hold_nothing(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    collection = read_collection(Places(papers=nowhere, methods=nowhere, registries=nowhere))
    assert collection.problems == ()
    assert len(collection.library) == 0


def test_pages_come_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.md", "B.md", "a.md", "a-1.md", "a.txt", "index.md", ".a.md", "ä.md"):
        (tmp_path / name).write_text("", "utf-8")
    assert [path.name for path in page_files(tmp_path)] == ["B.md", "a-1.md", "a.md", "b.md", "ä.md"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf---\npaper:\n  title: Caf\xc3\xa9 Maps\n  summary: B.\n  date: 2021\n  supervision: [image]\n---\n",
        b"---\r\npaper:\r\n  title: Caf\xc3\xa9 Maps\r\n  summary: B.\r\n  date: 2021\r\n  supervision: [image]\r\n---\r\n",
    ],
    ids=["byte order mark", "line ends of Windows"],
)
def test_what_editors_leave_in_a_page_is_no_part_of_its_record(places: Places, data: bytes) -> None:
    (places.papers / "a2021.md").write_bytes(data)
    collection = read_collection(places)
    assert collection.problems == ()
    assert collection.library["a2021"].title == "Café Maps"


def test_a_page_that_cannot_be_read_takes_none_of_the_others_with_it(
    places: Places, make_page: MakePage
) -> None:
    write(
        places,
        {
            "good2021.md": make_page("builds_on: [latin2021, folder2021, wrong2021, none2021]"),
            "none2021.md": "# No record\n",
            "wrong2021.md": make_page("date: soon"),
            "bad key.md": make_page("title: Other"),
        },
    )
    (places.papers / "latin2021.md").write_bytes(b"---\npaper: {title: Caf\xe9}\n---\n")
    (places.papers / "folder2021.md").mkdir()
    assert problems(places) == [
        (
            "papers/bad key.md:1:1: error[bad-key]: `bad key` is no citation key "
            "(name the file as Google Scholar names the paper, in letters, digits, - and _: lee2021railroad.md)"
        ),
        "papers/folder2021.md:1:1: error[unreadable]: it is no ordinary file",
        "papers/latin2021.md:1:1: error[encoding]: byte 22 is not UTF-8 (save the file as UTF-8)",
        (
            "papers/none2021.md:1:1: error[no-record]: this page of a paper has no `paper:` in its front matter "
            "(begin it with ---, the record, and --- again)"
        ),
        "papers/wrong2021.md:5:9: error[bad-date]: date: `soon` is no date (write YYYY, YYYY-MM or YYYY-MM-DD)",
    ]
    library = read_collection(places).library
    assert list(library) == ["good2021"]
    assert library.unreadable == {"bad key", "folder2021", "latin2021", "none2021", "wrong2021"}


def test_rules_between_pages_are_checked_where_they_are_broken(places: Places, make_page: MakePage) -> None:
    write(
        places,
        {
            "a2021.md": make_page("arxiv: 2105.08965", "doi: 10.1000/X", "title: '{One} Title'"),
            "b2021.md": make_page("doi: 10.1000/x", "title: Two", "builds_on: [a2021, zhou16]"),
            "c2021.md": make_page("arxiv: 2105.08965", "title: Three"),
            "d2021.md": make_page("title: one title", "builds_on: [d2021]"),
        },
    )
    assert places.bibliography is not None
    places.bibliography.write_text(
        "@misc{c2021, title = {T}}\n@misc{q, title = {T}}\n@misc{q, title = {T}}", "utf-8"
    )
    assert problems(places) == [
        "papers/b2021.md:7:8: error[duplicate-doi]: `a2021` has the same doi (keep one page for a paper)",
        (
            "papers/b2021.md:8:22: error[unknown-paper]: `zhou16` is neither a page here nor an entry of the "
            "bibliography (write its page, or add it to the bibliography)"
        ),
        "papers/c2021.md:7:10: error[duplicate-arxiv]: `a2021` has the same arxiv (keep one page for a paper)",
        "papers/d2021.md:3:10: error[duplicate-title]: `a2021` has the same title (keep one page for a paper)",
        "papers/d2021.md:7:15: error[unknown-paper]: a paper cannot build on itself",
        "references.bib:3:1: error[duplicate-key]: `q` is here twice (keep one entry)",
    ]


def test_problems_of_method_pages_and_registries_are_in_the_answer(
    places: Places, make_page: MakePage
) -> None:
    write(places, {"a2021.md": make_page("methods: [erasing]")})
    (places.methods / "graphs.md").write_text("# Graphs\n", "utf-8")
    (places.registries / "conditions.yml").write_text("crf: {nam: CRF}\n", "utf-8")
    assert problems(places) == [
        (
            "methods/graphs.md:1:1: error[no-record]: this page of a method has no `method:` in its front matter "
            "(begin it with ---, the record, and --- again)"
        ),
        "registries/conditions.yml:1:6: error[missing-key]: `name` is missing (every record needs it)",
        "registries/conditions.yml:1:7: error[unknown-key]: unknown key `nam` (did you mean `name`?)",
    ]


@pytest.mark.parametrize(
    ("bibliography", "expected"),
    [
        ("@misc{everingham2010, title = {VOC}}", []),
        ("@misc{everingham2011, title = {VOC}}", ["did you mean `everingham2011`?"]),
        ("", ["add it to the bibliography"]),
    ],
    ids=["there", "close", "not there"],
)
def test_a_benchmark_names_a_work_that_is_here(
    places: Places, bibliography: str, expected: list[str]
) -> None:
    path = places.registries / "benchmarks.yml"
    path.write_text(path.read_text("utf-8").replace('"%"', '"%"\n  reference: everingham2010'), "utf-8")
    assert places.bibliography is not None
    places.bibliography.write_text(bibliography, "utf-8")
    assert problems(places) == [
        "registries/benchmarks.yml:5:14: error[unknown-paper]: `everingham2010` is neither a page here "
        f"nor an entry of the bibliography ({hint})"
        for hint in expected
    ]


@pytest.mark.parametrize(
    "broken", ["venues.yml", "benchmarks.yml", "facets.yml", "conditions.yml", "methods"]
)
def test_a_broken_registry_never_stops_what_is_shown(
    places: Places, make_page: MakePage, broken: str
) -> None:
    write(
        places,
        {
            "a2021.md": make_page(
                "venue: {id: cvpr, year: 2021}",
                "methods: [erasing]",
                "domain: [images]",
                "pipeline: multi",
                "results: [{benchmark: voc, split: val, value: 1, crf: 'no', inputs: [clip]}]",
            )
        },
    )
    if broken == "methods":
        for path in places.methods.iterdir():
            path.unlink()
    else:
        (places.registries / broken).write_text("a: [\n", "utf-8")
    library = read_collection(places).library
    columns = ("name", "venue", "methods", *library.registry.facets)
    fields = [
        field
        for field in selection_fields(library)
        if field not in {"author", "chain", "depth", "has", "key", UNTIL}
    ]
    views = [
        TableView(TableSpec(columns=columns, group_by="method")),
        LeaderboardView("voc", "val"),
        PaperView("a2021"),
        *(GroupsView(field) for field in fields),
    ]
    shown = [view.value(library) for view in views]
    assert len(shown) == len(views)
    assert write_bibtex(library.values(), library.registry).count("@") == len(library)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("facets.yml", "title: {name: T, terms: {a: {name: A}}}"),
        ("facets.yml", "venue: {name: V, terms: {a: {name: A}}}"),
        ("facets.yml", "_x: {name: X, terms: {a: {name: A}}}"),
        ("facets.yml", "model_config: {name: M, terms: {a: {name: A}}}"),
        # A result could state its own, where these mean something else.
        ("facets.yml", "value: {name: V, per_result: true, terms: {a: {name: A}}}"),
        ("facets.yml", "source: {name: S, per_result: true, terms: {a: {name: A}}}"),
        # A selection could not tell them from its own fields and options.
        ("facets.yml", "year: {name: Y, terms: {a: {name: A}}}"),
        ("facets.yml", "sort: {name: S, terms: {a: {name: A}}}"),
        ("conditions.yml", "benchmark: {name: B}"),
        ("conditions.yml", "value: {name: V}"),
    ],
)
def test_a_registry_may_not_take_a_name_that_stands_for_something_else(
    places: Places, make_page: MakePage, name: str, text: str
) -> None:
    (places.registries / name).write_text(text + "\n", "utf-8")
    write(places, {"a2021.md": make_page("supervision") if name == "facets.yml" else make_page()})
    found = [problem.place for problem in read_collection(places).problems]
    assert found == [f"{places.registries / name}:1:1"]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that notes the name of each page as it is parsed."""
    names: list[str] = []
    parse = reading.read_paper_page

    def note(text: str, file: str, *rest: object) -> object:
        names.append(Path(file).name)
        return parse(text, file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read_paper_page", note)
    return names


def edit_registry(places: Places) -> None:
    path = places.registries / "venues.yml"
    path.write_text(path.read_text("utf-8") + "# seen\n", "utf-8")


def edit_method(places: Places) -> None:
    (places.methods / "erasing.md").write_text("---\nmethod: {name: Hiding, summary: x}\n---\n", "utf-8")


def add_method(places: Places) -> None:
    (places.methods / "graphs.md").write_text("---\nmethod: {name: Graphs, summary: x}\n---\n", "utf-8")


def edit_record(places: Places) -> None:
    path = places.papers / "a2021.md"
    path.write_text(path.read_text("utf-8").replace("A Title", "Another"), "utf-8")


def edit_prose(places: Places) -> None:
    path = places.papers / "a2021.md"
    path.write_text(path.read_text("utf-8").replace("Prose", "More.\n\n---\nAnd more"), "utf-8")


def begin_section(places: Places) -> None:
    path = places.papers / "a2021.md"
    path.write_text(path.read_text("utf-8") + "\n## Method\nOther.\n", "utf-8")


def spoil_prose(places: Places) -> None:
    path = places.papers / "a2021.md"
    path.write_bytes(path.read_bytes() + b"\xff")


def lose_record(places: Places) -> None:
    path = places.papers / "a2021.md"
    path.write_text("\n" + path.read_text("utf-8"), "utf-8")


def use_windows_line_ends(places: Places) -> None:
    path = places.papers / "a2021.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def touch_page(places: Places) -> None:
    os.utime(places.papers / "a2021.md", (0, 0))


def add_page(places: Places) -> None:
    text = (places.papers / "a2021.md").read_text("utf-8")
    (places.papers / "c2021.md").write_text(text.replace("A Title", "Third"), "utf-8")


def delete_page(places: Places) -> None:
    (places.papers / "a2021.md").unlink()


def edit_bibliography(places: Places) -> None:
    assert places.bibliography is not None
    places.bibliography.write_text("@misc{q, title = {T}}", "utf-8")


@pytest.mark.parametrize(
    ("edit", "again", "other"),
    [
        (touch_page, [], False),
        (edit_record, ["a2021.md"], True),
        (edit_prose, [], False),
        (begin_section, ["a2021.md"], True),
        (lose_record, ["a2021.md"], True),
        (add_page, ["c2021.md"], True),
        (delete_page, [], True),
        (edit_bibliography, [], True),
        (edit_registry, ["a2021.md", "b2021.md"], True),
        (edit_method, ["a2021.md", "b2021.md"], True),
        (add_method, ["a2021.md", "b2021.md"], True),
    ],
)
def test_only_what_a_change_can_touch_is_read_again(
    places: Places,
    make_page: MakePage,
    parsed: list[str],
    edit: Callable[[Places], None],
    again: list[str],
    other: bool,
) -> None:
    write(places, {"a2021.md": make_page(), "b2021.md": make_page("title: Second", "date: soon")})
    path = places.papers.parent / "cache" / "pages"
    first = read_collection(places, Cache(path))
    assert parsed == ["a2021.md", "b2021.md"]
    edit(places)
    parsed.clear()
    second = read_collection(places, Cache(path))
    assert parsed == again
    # Nothing but time depends on the cache: with it and without, all is the same.
    fresh = read_collection(places)
    assert (dict(second.library), second.problems, second.digest) == (
        dict(fresh.library),
        fresh.problems,
        fresh.digest,
    )
    assert (second.digest != first.digest) == other


@pytest.mark.parametrize("edit", [spoil_prose, use_windows_line_ends])
def test_bytes_beyond_the_record_cannot_spoil_the_cache(
    places: Places, make_page: MakePage, edit: Callable[[Places], None]
) -> None:
    write(places, {"a2021.md": make_page()})
    path = places.papers.parent / "cache"
    read_collection(places, Cache(path))
    edit(places)
    cached, fresh = read_collection(places, Cache(path)), read_collection(places)
    assert (dict(cached.library), cached.problems) == (dict(fresh.library), fresh.problems)


def test_a_page_that_stays_unreadable_is_read_again(places: Places) -> None:
    path = places.papers.parent / "cache"
    for data, place in ((b"\xff", 0), (b"ab\xff", 2)):
        (places.papers / "a2021.md").write_bytes(data)
        (problem,) = read_collection(places, Cache(path)).problems
        assert problem.message == f"byte {place} is not UTF-8"


def test_a_change_of_the_reader_empties_the_cache(
    places: Places, make_page: MakePage, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(places, {"a2021.md": make_page()})
    path = places.papers.parent / "cache"
    read_collection(places, Cache(path))
    for module in (cached, folder, reading):
        monkeypatch.setattr(module, "code_digest", lambda: b"another")
    read_collection(places, Cache(path))
    assert parsed == ["a2021.md", "a2021.md"]


def test_a_cache_in_hand_is_emptied_by_a_change_of_the_registry(
    places: Places, make_page: MakePage, parsed: list[str]
) -> None:
    write(places, {"a2021.md": make_page()})
    cache = Cache(places.papers.parent / "cache")
    read_collection(places, cache)
    read_collection(places, cache)
    assert parsed == ["a2021.md"]
    edit_registry(places)
    read_collection(places, cache)
    assert parsed == ["a2021.md", "a2021.md"]


def test_a_cache_that_holds_the_same_is_not_written_again(
    places: Places, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(places, {"a2021.md": make_page()})
    path = places.papers.parent / "cache"
    written: list[Path] = []
    monkeypatch.setattr(
        cached,
        "write_bytes",
        lambda folder, name, data: written.append(folder / name) or (folder / name).write_bytes(data),
    )
    for _ in range(2):
        read_collection(places, Cache(path))
    assert written == [path]


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the times of files that have just been written."""
    monkeypatch.setattr(folder, "_RACY", 0)


@pytest.mark.usefixtures("settled")
def test_what_did_not_change_is_not_even_opened(
    places: Places, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(places, {"a2021.md": make_page(), "b2021.md": make_page("date: soon")})
    path = places.papers.parent / "cache"
    first = read_collection(places, Cache(path))
    expected = dict(first.library)

    def fail(*_: object) -> object:
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail)
        patch.setattr(Cache, "body", fail)
        second = read_collection(places, Cache(path))
    assert (second.digest, second.problems) == (first.digest, first.problems)
    assert dict(second.library) == expected


@pytest.mark.usefixtures("settled")
def test_an_edit_that_keeps_size_and_time_is_seen(places: Places, make_page: MakePage) -> None:
    write(places, {"a2021.md": make_page("title: One")})
    path, page = places.papers.parent / "cache", places.papers / "a2021.md"
    read_collection(places, Cache(path))
    before = page.stat()
    page.write_text(page.read_text("utf-8").replace("title: One", "title: Two"), "utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_collection(places, Cache(path)).library["a2021"].title == "Two"


def test_the_time_of_a_file_just_written_is_not_trusted(
    places: Places, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(places, {"a2021.md": make_page("title: One")})
    path, page = places.papers.parent / "cache", places.papers / "a2021.md"
    looked, stat = page.stat(), os.lstat

    def coarse(path: str) -> os.stat_result:
        """A clock so coarse that two edits have the same time."""
        return looked if str(path) == str(page) else stat(path)

    monkeypatch.setattr(os, "lstat", coarse)
    for title in ("One", "Two"):
        page.write_text(page.read_text("utf-8").replace("title: One", f"title: {title}"), "utf-8")
        assert read_collection(places, Cache(path)).library["a2021"].title == title


@pytest.mark.usefixtures("settled")
def test_papers_are_read_again_if_the_body_of_the_cache_is_broken(
    places: Places, make_page: MakePage, parsed: list[str]
) -> None:
    write(places, {"a2021.md": make_page()})
    path = places.papers.parent / "cache"
    expected = dict(read_collection(places, Cache(path)).library)
    path.write_bytes(path.read_bytes()[:-1])
    parsed.clear()
    assert dict(read_collection(places, Cache(path)).library) == expected
    assert parsed == ["a2021.md"]


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def one_letter_off(data: bytes) -> bytes:
    assert data.count(b"One sentence.") == 1
    return data.replace(b"One sentence.", b"One sentenc!.")


def checked(head: bytes) -> Callable[[bytes], bytes]:
    """Replace the head of a cache, with the check that belongs to it."""
    check = hashlib.blake2b(head, digest_size=16).digest()
    return lambda _: check + len(head).to_bytes(8) + head


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"garbage",
        half,
        checked(b"null"),
        checked(b"[1, 2, 3]"),
        checked(b'["another stamp", [{}, "", []], ""]'),
        checked(b"[" * 100_000),
        checked(b"\xff"),
        # Lengths that no file has.
        lambda data: data[:16] + b"\xff" * 8 + data[24:],
        one_letter_off,
    ],
    ids=[
        "empty",
        "garbage",
        "half",
        "nothing",
        "three",
        "another stamp",
        "depth",
        "no text",
        "length",
        "one letter off",
    ],
)
def test_a_broken_cache_is_not_used(
    places: Places, make_page: MakePage, parsed: list[str], spoil: Callable[[bytes], bytes]
) -> None:
    write(places, {"a2021.md": make_page()})
    path = places.papers.parent / "cache"
    expected = dict(read_collection(places, Cache(path)).library)
    good = path.read_bytes()
    path.write_bytes(spoil(good))
    parsed.clear()
    assert dict(read_collection(places, Cache(path)).library) == expected
    assert parsed == ["a2021.md"]
    assert path.read_bytes() == good


class Command:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.folder),)


@pytest.mark.usefixtures("settled")
def test_nothing_in_a_forged_cache_runs(places: Places, make_page: MakePage, parsed: list[str]) -> None:
    write(places, {"a2021.md": make_page()})
    path, ran = places.papers.parent / "cache", places.papers.parent / "ran"
    expected = dict(read_collection(places, Cache(path)).library)
    good = path.read_bytes()
    size = int.from_bytes(good[16:24])
    forged = pickle.dumps(Command(ran))
    # A head of its own; and a body, of which a true head tells the check.
    begin = json.loads(good[24 : 24 + size])
    begin[-1] = hashlib.blake2b(forged, digest_size=16).digest().decode("latin-1")
    for data in (
        checked(forged)(good),
        checked(json.dumps(begin, ensure_ascii=False).encode("utf-8", "surrogatepass"))(good) + forged,
    ):
        path.write_bytes(data)
        parsed.clear()
        assert dict(read_collection(places, Cache(path)).library) == expected
        assert parsed == ["a2021.md"]
        assert path.read_bytes() == good
    assert not ran.exists()


def test_a_digest_tells_collections_apart_whatever_their_place(
    places: Places, make_page: MakePage, tmp_path: Path
) -> None:
    write(places, {"a2021.md": make_page()})
    before = read_collection(places).digest
    moved = replace(places, papers=places.papers.rename(tmp_path / "elsewhere"))
    assert read_collection(moved).digest == before
    (moved.papers / "a2021.md").rename(moved.papers / "b2021.md")
    assert read_collection(moved).digest != before


def test_who_waits_is_told_of_each_page_that_is_read(places: Places, make_page: MakePage) -> None:
    write(places, {"a2021.md": make_page(), "b2021.md": make_page("title: Second")})
    told: list[tuple[str, str]] = []

    def progress(items: Iterable[Any], what: str) -> Iterable[Any]:
        for item in items:
            told.append((what, item[0]))
            yield item

    read_collection(places, progress=progress)
    assert told == [("page", "a2021.md"), ("page", "b2021.md")]

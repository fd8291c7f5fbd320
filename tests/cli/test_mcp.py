"""The server is talked to as an agent does: as a process, over its standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

from sphinx_papers.cli import main

EXAMPLE = Path(__file__).parents[2] / "extensions" / "example"
Output = pytest.CaptureFixture[str]


def talk(say: Callable[[Client], Awaitable[None]], *arguments: str) -> None:
    """Start the server for the example, and *say* something to it."""
    places = ("--papers", str(EXAMPLE / "papers"), "--docs", str(EXAMPLE / "docs"))
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "sphinx_papers", *places, "mcp", *arguments], env=dict(os.environ)
    )

    async def talking() -> None:
        async with Client(server) as client:
            await say(client)

    def run() -> None:
        asyncio.run(asyncio.wait_for(talking(), 60))

    # In a thread of its own: where a test of the browser ran before, this one has a loop already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


async def text(client: Client, verb: str, **given: object) -> str:
    answer = await client.call_tool(verb, given)
    assert not answer.is_error
    return answer.content[0].text  # type: ignore[union-attr]


def test_it_says_what_can_be_asked_and_that_nothing_is_changed() -> None:
    async def say(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == ["show", "best", "boards", "compare", "find"]
        for tool in tools:
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert tool.description
            assert all(
                f"{name}:" in tool.description for name in tool.input_schema["properties"] if name != "papers"
            )
        assert "what a record does not say is unknown" in (client.instructions or "")

    talk(say)


def test_it_answers_as_the_command_line_does(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, dict[str, object], list[str]]] = [
        ("show", {"paper": "Bubbles"}, ["show", "Bubbles"]),
        ("show", {"paper": "RISE", "board": "pantry/wheat", "most": 1}, ["show", "RISE", "--board", "pantry/wheat", "--most", "1"]),
        ("best", {"board": "pantry/wheat", "where": {"sensor": "camera"}}, ["best", "pantry/wheat", "sensor=camera"]),
        ("boards", {}, ["boards"]),
        ("boards", {"board": "pantry/rye"}, ["boards", "pantry/rye"]),
        ("compare", {"papers": ["Bubbles", "RISE"]}, ["compare", "Bubbles", "RISE"]),
        ("find", {"words": "dough", "where": {"year": "2020-"}, "most": 2}, ["find", "dough", "year=2020-", "--most", "2"]),
    ]  # fmt: skip
    monkeypatch.chdir(EXAMPLE)
    expected = []
    for _, _, line in calls:
        assert main(line) == 0
        expected.append(capsys.readouterr().out.rstrip("\n"))

    async def say(client: Client) -> None:
        assert [(await text(client, verb, **given)).rstrip("\n") for verb, given, _ in calls] == expected

    talk(say)


def test_a_slip_comes_back_with_what_was_meant_and_the_server_goes_on() -> None:
    async def say(client: Client) -> None:
        for verb, given, message in (
            ("show", {"paper": "Buble"}, "did you mean `Bubbles`?"),
            ("best", {"board": "pantry/wheet"}, "did you mean `pantry/wheat` or `pantry/rye`?"),
            ("best", {"board": "pantry/wheat", "where": {"sensr": "camera"}}, "did you mean `sensor`?"),
            ("best", {"board": "pantry/wheat", "most": 0}, "`most` is a whole number from 1, not 0"),
            ("find", {"where": {"yeer": "2020"}}, "did you mean `year`?"),
        ):
            answer = await client.call_tool(verb, given)
            assert answer.is_error
            assert message in answer.content[0].text  # type: ignore[union-attr]
        assert "pantry/rye" in await text(client, "boards")

    talk(say)


def test_it_answers_from_published_records(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLE)
    assert main(["export", "json", "-o", str(tmp_path / "papers.json")]) == 0
    assert main(["boards"]) == 0
    expected = capsys.readouterr().out.rstrip("\n")

    async def say(client: Client) -> None:
        assert (await text(client, "boards")).rstrip("\n") == expected

    talk(say, "--records", str(tmp_path / "papers.json"))


def test_without_the_package_it_says_what_to_install(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE)
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert main(["mcp"]) == 2
    assert capsys.readouterr().err == "this needs the package mcp: pip install 'sphinx-papers[mcp]'\n"

from __future__ import annotations

import errno
import os
import re
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sphinx_papers.formats.storage.files import examine, read_text, stays, sweep, write_bytes, write_output
from sphinx_papers.formats.storage.places import published


def held(folder: Path) -> dict[str, bytes]:
    """Return all files below *folder*, links as what they say."""
    return {
        path.relative_to(folder).as_posix(): bytes(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def test_writing_what_is_there_already_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file"
    assert write_bytes(tmp_path, "new/folder/file", b"one") is True
    os.utime(path, (0, 0))
    assert write_bytes(tmp_path, "new/folder/file", b"one") is False
    assert path.stat().st_mtime == 0
    assert write_bytes(tmp_path, "new/folder/file", b"two") is True
    assert path.read_bytes() == b"two"
    assert path.stat().st_mtime > 0
    assert [each.name for each in path.parent.iterdir()] == ["file"]


def test_a_written_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    write_bytes(tmp_path, "ours", b"x")
    (tmp_path / "theirs").write_bytes(b"x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "theirs").stat().st_mode


@pytest.mark.parametrize("rights", [0o600, 0o640, 0o755])
@pytest.mark.parametrize("write", [lambda p, d: write_bytes(p.parent, p.name, d), write_output])
def test_a_file_that_is_replaced_keeps_its_rights(
    tmp_path: Path, write: Callable[[Path, bytes], object], rights: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(rights)
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == rights


def test_a_file_with_a_name_as_long_as_can_be_is_written(tmp_path: Path) -> None:
    write_bytes(tmp_path, "x" * 255, b"new")
    assert held(tmp_path) == {"x" * 255: b"new"}


def killed(part: Path, _: Path) -> None:
    assert part.read_bytes() == b"new"
    raise OSError(errno.EIO, "killed")


def test_a_file_that_cannot_take_its_place_leaves_the_old_one_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(OSError, match="killed"):
        write_bytes(tmp_path, "file", b"new")
    assert held(tmp_path) == {"file": b"old"}


def test_what_cannot_be_written_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    unfit: Any = "a text"
    with pytest.raises(TypeError):
        write_bytes(tmp_path, "file", unfit)
    assert held(tmp_path) == {"file": b"old"}


OUTSIDE = [
    "../x", "a/../../x", "/x", "a//x", "./x", "a/./x", "..", ".", "", "a/", "/", "../../../../papers/x", "a/..", "x\0",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_is_written_outside_of_a_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    (folder / "a").mkdir(parents=True)
    with pytest.raises(OSError, match="leads out of its folder"):
        write_bytes(folder, name, b"x")
    assert held(tmp_path) == {}
    assert not stays(name)


def test_nothing_is_written_through_a_link_to_another_folder(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    (folder / "own").mkdir(parents=True)
    elsewhere.mkdir()
    (folder / "out").symlink_to(elsewhere)
    (folder / "within").symlink_to("own")
    (folder / "round").symlink_to("round")
    with pytest.raises(OSError, match="`out/x` leads out of its folder"):
        write_bytes(folder, "out/x", b"x")
    with pytest.raises(OSError, match=r"`out/new/x` leads out of its folder"):
        write_bytes(folder, "out/new/x", b"x")
    with pytest.raises(OSError, match=r"File exists|symbolic links"):
        write_bytes(folder, "round/x", b"x")
    write_bytes(folder, "within/x", b"x")
    assert (folder / "own" / "x").read_bytes() == b"x"
    assert list(elsewhere.iterdir()) == []


def test_a_link_in_the_place_of_a_file_gives_way_to_it(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").symlink_to("../theirs")
    write_bytes(tmp_path / "folder", "file", b"ours")
    assert held(tmp_path) == {"folder/file": b"ours", "theirs": b"theirs"}


def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(OSError, match="it is no ordinary file"):
            write_bytes(tmp_path, name, b"x")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "pipe"]


def test_a_named_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "to-file").symlink_to("file")
    (tmp_path / "to-nothing").symlink_to("new")
    write_output(tmp_path / "to-file", b"one")
    write_output(tmp_path / "to-nothing", b"two")
    assert held(tmp_path) == {"file": b"one", "to-file": b"file", "new": b"two", "to-nothing": b"new"}


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="nobody reads from this pipe"):
        write_output(pipe, b"lost")
    end = os.open(pipe, os.O_RDWR)  # as a writer too: it waits for what is to come
    data = b"x" * 300_000  # more than a pipe takes at once
    with os.fdopen(end, "rb") as stream:
        writer = threading.Thread(target=write_output, args=(pipe, data))
        writer.start()
        assert stream.read(len(data)) == data
        writer.join()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_stays_one(tmp_path: Path) -> None:
    before = Path("/dev/null").stat()
    write_output(Path("/dev/null"), b"x")
    assert Path("/dev/null").stat() == before
    (tmp_path / "full").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        write_output(tmp_path / "full", b"x")
    assert held(tmp_path) == {"full": b"/dev/full"}


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 10**12)


OUT = "it is a link that leads out of its folder"
ODD = "it is no ordinary file"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda path: path.symlink_to("/dev/zero"), OUT, id="endless device"),
        pytest.param(lambda path: path.symlink_to("../secret"), OUT, id="link to above"),
        pytest.param(lambda path: path.symlink_to(path.parents[1] / "secret"), OUT, id="link to a full path"),
        pytest.param(lambda path: path.symlink_to("out/secret"), OUT, id="link through a link"),
        pytest.param(lambda path: path.symlink_to("gone"), "No such file or directory", id="dangling link"),
        pytest.param(lambda path: path.symlink_to(path.name), "Too many levels of symbolic links", id="loop"),
        pytest.param(lambda path: path.symlink_to("pipe"), ODD, id="link to a pipe"),
        pytest.param(os.mkfifo, ODD, id="pipe"),
        pytest.param(Path.mkdir, ODD, id="folder"),
        pytest.param(sparse, "it has more than 64 MB", id="too large"),
    ],
)
def test_what_is_read_is_an_ordinary_file_of_its_folder(
    tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "out").symlink_to("..")
    make(folder / "page.md")
    text, problems = read_text(folder / "page.md")
    assert text == ""
    assert [(each.code, each.message) for each in problems] == [("unreadable", said)]
    with pytest.raises(OSError, match=re.escape(said)):
        examine(folder / "page.md")


def test_a_link_within_its_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("text")
    (tmp_path / "other.md").symlink_to("page.md")
    assert read_text(tmp_path / "other.md") == ("text", [])


def test_what_was_left_by_a_killed_program_is_swept_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "of-others.part").touch()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        patch.setattr(Path, "replace", killed)
        with pytest.raises(OSError, match="killed"):
            write_bytes(tmp_path, "file", b"new")
    (part,) = set(held(tmp_path)) - {"of-others.part"}
    assert part.startswith(".")
    sweep(tmp_path)
    assert part in held(tmp_path)  # somebody may be writing it
    os.utime(tmp_path / part, (0, 0))
    os.utime(tmp_path / "of-others.part", (0, 0))
    sweep(tmp_path)
    assert held(tmp_path) == {"of-others.part": b""}


def test_only_what_can_be_a_page_is_published(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    (folder / "folder2020.md").mkdir(parents=True)
    for name in ("index.md", "berg2020maps.md", "no key.md", "notes.txt"):
        (folder / name).write_text("x")
    (tmp_path / "secret.md").write_text("x")
    (folder / "link2020out.md").symlink_to(tmp_path / "secret.md")
    (folder / "link2020in.md").symlink_to(folder / "berg2020maps.md")
    (folder / "link2020gone.md").symlink_to(folder / "nothing.md")
    os.mkfifo(folder / "pipe2020.md")
    assert published(folder) == ["index.md", "berg2020maps.md", "link2020in.md"]

"""Work of a parallel build, handed out as soon as a process is free."""

from __future__ import annotations

from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from sphinx.util.parallel import ParallelTasks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PIECES = 3
"""Pieces of work that a process is to read: more would even out, but each is a copy of the process."""


class PromptTasks(ParallelTasks):
    """Has processes work while the main one prepares more, and all of them once it has done that.

    Sphinx looks whether one is free only when there is another piece of work, and leaves the
    place of the main process empty when that has nothing to do but wait.
    """

    def __init__(self, nproc: int, everyone: int) -> None:
        """*everyone* is the number of processes that may work, the main one among them."""
        super().__init__(nproc)
        self._everyone = everyone

    def hand_out(self) -> None:
        """Take what a process has done, if one has, and give it what waits."""
        try:
            self._join_one()
        except BaseException:
            self.terminate()
            raise

    def join(self) -> None:
        """Wait until all is done."""
        self.nproc = self._everyone
        try:
            while self._pworking:
                if not self._join_one():
                    wait(list(self._precvs.values()))
        finally:
            self.terminate()


def usual_tasks() -> bool:
    """Say whether Sphinx keeps of its processes what :class:`PromptTasks` asks for."""
    kept = ("_join_one", "_pworking", "_precvs", "terminate", "nproc")
    return all(hasattr(ParallelTasks(1), name) for name in kept)


def larger_pieces(everyone: int, make: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """Let documents be read in fewer pieces: Sphinx has as many as the square root of their number."""

    def pieces(arguments: Sequence[str], nproc: int, maxbatch: int = 10) -> list[Any]:
        found = make(arguments, nproc, maxbatch)
        if nproc < everyone or len(found) <= _PIECES * nproc:
            return found  # pages are written in Sphinx's pieces: their documents wait in memory
        size = -(-len(arguments) // (_PIECES * nproc))
        return [arguments[start : start + size] for start in range(0, len(arguments), size)]

    return pieces

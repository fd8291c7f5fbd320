"""Charts drawn by a process of its own, which alone loads the plotting library.

In the process of a build the library would be a fifth of the memory.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping

from sphinx_papers.formats.drawings.plot import draw_pdf, draw_svg, draw_svg_file
from sphinx_papers.model.display.chart import Chart

FORMS: Mapping[str, Callable[[Chart], bytes]] = {
    "page": lambda chart: draw_svg(chart).encode(),
    "svg": lambda chart: draw_svg_file(chart).encode(),
    "pdf": draw_pdf,
}
"""How a chart can be drawn: for a page, or as a file of its own."""


class DrawingError(Exception):
    """A chart could not be drawn; what the process said of it stands in the error output."""


class Drawer:
    """Draws charts; its process begins with the first and ends with :meth:`close`, or with this one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def draw(self, chart: Chart, form: str) -> bytes:
        """Return *chart* in one of :data:`FORMS`.

        :raises DrawingError: if the process stops.
        """
        if self._process is None or self._owner != os.getpid():  # a fork must not share the pipes
            self._process, self._owner = self._started(), os.getpid()
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump((chart, form), process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            drawn: bytes = pickle.load(process.stdout)  # noqa: S301  our own process
        except (OSError, EOFError) as error:
            self.close()
            raise DrawingError(f"the chart `{chart.caption}` could not be drawn") from error
        return drawn

    def close(self) -> None:
        """Let the process end, if there is one."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.communicate()

    @staticmethod
    def _started() -> subprocess.Popen[bytes]:
        # It finds this package wherever this process does.
        path = os.pathsep.join(each for each in sys.path if each)
        return subprocess.Popen(  # noqa: S603  nothing in it comes from outside
            [sys.executable, "-c", f"from {__name__} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )


def serve() -> None:
    """Draw what comes in until nothing more does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build is interrupted, and closes the pipe
    given, taken = os.fdopen(sys.stdin.fileno(), "rb", closefd=False), sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever is printed must not get among the drawings
    gc.disable()  # while the plotting library is loaded, nothing of it is garbage
    while given.peek(1):
        chart, form = pickle.load(given)  # noqa: S301  from our own process
        pickle.dump(FORMS[form](chart), taken, pickle.HIGHEST_PROTOCOL)
        taken.flush()
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
    gc.freeze()  # nothing is to be tidied up

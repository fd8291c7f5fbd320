from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from tests.formats.test_chart import CHARTS

from sphinx_papers.formats.drawings.plot import draw_pdf, draw_svg, draw_svg_file
from sphinx_papers.formats.drawings.process import Drawer, DrawingError

FORKED = """
import os, sys
from sphinx_papers.formats.drawings.process import Drawer
from tests.formats.test_chart import CHARTS

chart = CHARTS["bars"]
drawer = Drawer()
wanted = drawer.draw(chart, "page")
child = os.fork()
if not child:
    os._exit(drawer.draw(chart, "page") != wanted)
status = os.waitpid(child, 0)[1]
assert drawer.draw(chart, "page") == wanted
drawer.close()
assert "matplotlib" not in sys.modules
sys.exit(status)
"""


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    drawer = Drawer()
    yield drawer
    drawer.close()


def test_another_process_draws_the_same(drawer: Drawer) -> None:
    for chart in CHARTS.values():
        assert drawer.draw(chart, "page") == draw_svg(chart).encode()
        assert drawer.draw(chart, "svg") == draw_svg_file(chart).encode()
        assert drawer.draw(chart, "pdf") == draw_pdf(chart)


def test_what_cannot_be_drawn_is_said_and_the_next_chart_is(
    drawer: Drawer, capfd: pytest.CaptureFixture[str]
) -> None:
    chart = CHARTS["bars"]
    with pytest.raises(DrawingError, match=chart.caption):
        drawer.draw(chart, "oil")
    assert "KeyError: 'oil'" in capfd.readouterr().err
    assert drawer.draw(chart, "page") == draw_svg(chart).encode()


def test_a_fork_draws_by_itself_and_the_library_stays_out() -> None:
    subprocess.run([sys.executable, "-c", FORKED], check=True, timeout=60)


def test_a_drawer_that_drew_nothing_closes() -> None:
    Drawer().close()

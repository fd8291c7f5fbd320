"""The real site, built as its readers get it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def build_site(builder: str, out: Path) -> subprocess.CompletedProcess[str]:
    """Build the real site with warnings as errors."""
    command = [
        sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", builder,
        "-d", str(out / "doctrees"), str(ROOT / "docs"), str(out / builder),
    ]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site in HTML."""
    out = tmp_path_factory.mktemp("site")
    built = build_site("html", out)
    assert (built.returncode, built.stderr) == (0, "")
    return out / "html"

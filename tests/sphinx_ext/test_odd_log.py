from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import Site


def test_a_line_of_a_page_in_an_error_of_docutils_is_no_command_to_who_reads_the_log(site: Site) -> None:
    page = Path(site.root) / "papers/alder2019mending.md"
    forged = "```{table} A caption\ntext\n\n::stop-commands::pwned\n```\n"
    page.write_text(page.read_text("utf-8") + "\n" + forged, "utf-8")
    ran = site.run()
    assert "pwned" in ran.stderr
    assert not [line for line in ran.stderr.splitlines() if line.lstrip().startswith("::")]

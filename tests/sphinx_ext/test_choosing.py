"""The table from which readers choose a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.sphinx_ext.conftest import Site

PAGE = """\
---
orphan: true
---
# Choose

```{paper:choose}
:numbers: dawn/near; dawn/near rate=48
:conditions: network
:bound: teaching=clean
```

```{paper:choose}
:numbers: dawn/nearest
```

```{paper:choose}
:conditions: networks
```

```{paper:choose}
:bound: teaching=cleen
```
"""


def test_a_table_with_filters_and_a_line_for_each_mistake(site: Site) -> None:
    site.write("docs/choose.md", PAGE)
    built = site.build()
    for said in (
        "unknown benchmark and split `dawn/nearest`",
        "unknown condition `networks`: did you mean `network`?",
        "unknown bound `teaching=cleen`",
    ):
        assert [line for line in built.warnings if said in line], said
    assert len(built.warnings) == 3, built.warnings
    page = built.page("choose")
    head, *rows = page.rows(page.body)
    assert head[0] == "Name"
    assert "Dawn Chorus near, 48 kHz" in head
    assert "Share of clean takes" in head
    (mend,) = [row for row in rows if row[0] == "Mend"]
    assert mend[head.index("Dawn Chorus near")] == "12.5 Lark-S"
    assert mend[head.index("Dawn Chorus near, 48 kHz")] == "unknown"
    assert 'class="sp-finding"' in (built.outdir / "choose.html").read_text("utf-8")

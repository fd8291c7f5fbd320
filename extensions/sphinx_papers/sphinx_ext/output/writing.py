"""What cannot be written is one clear error, and is not taken for written by the next build."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_papers.sphinx_ext.failures import CannotWriteError, clear_errors

if TYPE_CHECKING:
    from sphinx.application import Sphinx


# Only writing ends so.
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS}


class _Page(type(Path())):  # type: ignore[misc]
    """The file of a page. Sphinx makes a warning of one that cannot be written, and goes on to the next."""

    def write_text(self, *arguments: Any, **options: Any) -> int:
        try:
            with clear_errors("write a page"):
                return super().write_text(*arguments, **options)  # type: ignore[no-any-return]
        except CannotWriteError:
            Path(self).unlink(missing_ok=True)
            raise


def watch_writing(app: Sphinx) -> None:
    """Let what the builder cannot write stop it with a clear error."""
    builder = app.builder
    for name in ("build", "get_output_path"):  # of an earlier build by the same builder
        vars(builder).pop(name, None)
    build = builder.build

    def clearly(*arguments: Any, **options: Any) -> None:
        try:
            build(*arguments, **options)
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            with clear_errors("write the site or what is kept between builds"):
                raise

    vars(builder)["build"] = clearly
    place = getattr(builder, "get_output_path", None)
    if isinstance(builder, StandaloneHTMLBuilder) and place is not None:
        builder.get_output_path = lambda name: _Page(place(name))  # type: ignore[method-assign]

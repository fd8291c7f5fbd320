"""What cannot be written is one clear error, and is not taken for written by the next build."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import SphinxError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


# Only writing ends so.
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS}


class CannotWriteError(SphinxError):
    """A full disk, a folder that may not be written, and the like."""

    category = "Cannot write"


@contextmanager
def clear_errors(doing: str) -> Iterator[None]:
    """Say what was to be written and why it could not be.

    :raises CannotWriteError: in the place of any error of the operating system.
    """
    try:
        yield
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise CannotWriteError(f"cannot {doing}: {error.strerror or error}{place}") from error


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
    if isinstance(builder, StandaloneHTMLBuilder):
        place = builder.get_output_path
        builder.get_output_path = lambda name: _Page(place(name))  # type: ignore[method-assign]

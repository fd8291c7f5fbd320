"""What cannot be written is one clear error."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

if TYPE_CHECKING:
    from collections.abc import Iterator


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

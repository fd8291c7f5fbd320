"""What is kept of each document, stored so that a build makes only what it asks for."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_T = TypeVar("_T")


class Packed(dict[str, _T]):
    """A dictionary that is stored as bytes, each value for itself, and makes a value when it is asked for.

    Every build loads the environment and most store it. What it holds of each document, and
    only few documents are asked for, is a third of a build after an edit.
    """

    def __getitem__(self, key: str) -> _T:
        value: Any = super().__getitem__(key)
        if type(value) is bytes:
            value = pickle.loads(value)  # noqa: S301  packed below
            self[key] = value
        return value  # type: ignore[no-any-return]

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of *key*."""
        return self[key] if key in self else default  # noqa: SIM401  which asks this very method

    def setdefault(self, key: str, default: _T) -> _T:
        """Return the value of *key*, which is *default* if it had none."""
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key: str, *default: Any) -> Any:
        """Return the value of *key*, and take it out."""
        if key in self:
            value = self[key]
            del self[key]
            return value
        return super().pop(key, *default)

    def values(self) -> Any:
        """Return all values, which makes them."""
        return [self[key] for key in self]

    def items(self) -> Any:
        """Return all keys with their values, which makes them."""
        return [(key, self[key]) for key in self]

    def take(self, other: Mapping[str, _T], keys: Iterable[str]) -> None:
        """Take over the values of *keys* as *other* has them, without making them."""
        for key in keys:
            if key in other:
                self[key] = dict.__getitem__(other, key)  # type: ignore[index]

    def __reduce__(self) -> Any:
        packed = {
            key: value if type(value) is bytes else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            for key, value in super().items()
        }
        return _unpacked, (packed,)


def _unpacked(packed: dict[str, bytes]) -> Packed[Any]:
    return Packed(packed)

"""Values of the model as JSON, to be kept in a file: it holds data, and nothing that could run.

What a value is made of is known from the annotations of its class, which say everything once. A
dataclass is a list of its fields; reading makes no calls of its own, so that thousands of papers
are read nearly as fast as by pickle.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, cached_property
from operator import methodcaller
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

_Step = Callable[[Any], Any]
_PLAIN = {str, int, float, bool}
CHECKSUM = 16
"""Bytes of a checksum."""


class UnpackError(ValueError):
    """What was kept is not what is wanted."""


def pack(value: object, kind: Any) -> bytes:
    """Return *value*, of the type *kind*, as JSON."""
    plain = (_writer(kind) or _same)(value)
    return json.dumps(plain, ensure_ascii=False, check_circular=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"  # the name of a file may be no UTF-8
    )  # fmt: skip


def unpack(data: bytes, kind: Any) -> Any:
    """Return the value of the type *kind* that *data* holds.

    :raises UnpackError: if it holds none.
    """
    try:
        plain = json.loads(data.decode("utf-8", "surrogatepass"))
        return (_reader(kind) or _same)(plain)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise UnpackError(str(error)) from error


def checksum(data: bytes) -> bytes:
    """Return what tells whether *data* were cut or garbled; whoever can write them can write it too."""
    return hashlib.blake2b(data, digest_size=CHECKSUM).digest()


@cache
def _reader(kind: Any) -> _Step | None:
    """Return what makes a value of *kind* of JSON; nothing for what is the same in both."""
    return _step(kind, _reader, reading=True)


@cache
def _writer(kind: Any) -> _Step | None:
    """Return what makes JSON of a value of *kind*; nothing for what is the same in both."""
    return _step(kind, _writer, reading=False)


def _step(kind: Any, of: Callable[[Any], _Step | None], *, reading: bool) -> _Step | None:
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return None
    if kind is bytes:
        return methodcaller("encode" if reading else "decode", "latin-1")
    if origin in {Union, UnionType}:
        (some,) = (each for each in inner if each is not NoneType)
        return _unless_none(of(some))
    if origin is tuple:
        if inner[1:] == (...,):
            return _each(of(inner[0]), tuple if reading else list)
        steps = [of(each) or _same for each in inner]
        make = tuple if reading else list
        return lambda value: make([step(each) for step, each in zip(steps, value, strict=True)])
    if origin in {dict, Mapping}:
        return _each_value(of(inner[1]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {each.value: each for each in kind}.__getitem__ if reading else None
    if is_dataclass(kind):
        return _made(kind) if reading else _listed(kind)
    raise TypeError(f"{kind} cannot be packed")


def _unless_none(step: _Step | None) -> _Step | None:
    return step and (lambda value: None if value is None else step(value))


def _each(step: _Step | None, make: _Step) -> _Step:
    return make if step is None else (lambda value: make([step(each) for each in value]))


def _each_value(step: _Step | None) -> _Step:
    return dict if step is None else (lambda value: {key: step(each) for key, each in value.items()})


def _same(value: Any) -> Any:
    return value


def _parts(
    kind: Any, of: Callable[[Any], _Step | None]
) -> tuple[list[str], list[tuple[int, _Step]], list[str]]:
    """Return the fields of a dataclass, the steps by place, and what else may be kept with a value."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    steps = [(place, step) for place, name in enumerate(names) if (step := of(hints[name]))]
    found = [
        name
        for name, each in vars(kind).items()
        if isinstance(each, cached_property) and get_type_hints(each.func)["return"] in _PLAIN
    ]
    return names, steps, found


def _made(kind: Any) -> _Step:
    names, steps, found = _parts(kind, _reader)
    size, new = len(names), object.__new__

    def read(values: list[Any]) -> Any:
        if not size <= len(values) <= size + 1:
            raise ValueError(f"{len(values)} values for {kind.__name__}")
        for place, step in steps:
            values[place] = step(values[place])
        made = new(kind)
        # As pickle does: frozen classes would set field by field, in Python.
        made.__dict__.update(zip(names, values, strict=False))
        if len(values) != size:
            made.__dict__.update({name: values[size][name] for name in found if name in values[size]})
        return made

    return read


def _listed(kind: Any) -> _Step:
    names, steps, found = _parts(kind, _writer)

    def write(value: Any) -> list[Any]:
        known = value.__dict__
        values = [known[name] for name in names]
        for place, step in steps:
            values[place] = step(values[place])
        kept = {name: known[name] for name in found if name in known}
        return [*values, kept] if kept else values

    return write

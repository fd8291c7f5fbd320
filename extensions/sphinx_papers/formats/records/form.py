"""Forms: the written shape of data, checked by pydantic, with problems at their place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from sphinx_papers.formats.records.yaml import Document
from sphinx_papers.model.problem import did_you_mean


class Form(BaseModel):
    """Written data: unknown keys are errors, and texts are stripped."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,  # no chart has room for them, and JSON no word
        use_attribute_docstrings=True,
        protected_namespaces=(),  # what a field may not be called is said by `identifier`
    )


FormT = TypeVar("FormT", bound=Form)
_Value = TypeVar("_Value")


def refuse(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return the error by which a validator refuses a value."""
    # pydantic fills in templates: braces in a message must not be read as fields.
    return PydanticCustomError(code, "{text}", {"text": message, "hint": hint})


def alike(kind: type[_Value], source: object, /, **own: Any) -> _Value:
    """Return a *kind*, a form or a dataclass, with what *source* has under the same names; *own* is the rest.

    A field that both have is so declared in two places and copied in none. Nothing is checked: what is copied was.
    """
    target: Any = kind
    origin: Any = type(source)
    given = {name: getattr(source, name) for name in _shared(target, origin) if name not in own}
    make: Any = getattr(kind, "model_construct", kind)
    return make(**given, **own)  # type: ignore[no-any-return]


@lru_cache(maxsize=256)  # forms are made anew for each registry
def _shared(kind: Any, source: Any) -> tuple[str, ...]:
    known = _field_names(source)
    return tuple(name for name in _field_names(kind) if name in known)


def _field_names(kind: Any) -> Mapping[str, object]:
    return kind.model_fields if issubclass(kind, BaseModel) else kind.__dataclass_fields__  # type: ignore[no-any-return]


def fill_form(form: type[FormT], document: Document, path: tuple[str | int, ...] = ()) -> FormT | None:
    """Check the data of *document* at *path* against *form*.

    Returns nothing, with every problem noted in *document*, if it does not fit.
    """
    data: Any = document.data
    for step in path:
        data = data[step]
    try:
        return form.model_validate(data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _report(form, document, path, details)
        return None


def _report(form: type[Form], document: Document, base: tuple[str | int, ...], details: ErrorDetails) -> None:
    loc = details["loc"]
    path = (*base, *loc)
    if loc and loc[-1] == "[key]":  # pydantic's mark for a key that does not fit
        path, loc = (*path[:-1], "@"), loc[:-2]
    kind, given = details["type"], details["input"]
    context = details.get("ctx", {})
    name = _dotted(loc)
    if "hint" in context:
        document.report(path, kind, f"{name}: {context['text']}", context["hint"])
        return
    match kind:
        case "extra_forbidden":
            known = _keys_at(form, loc[:-1])
            hint = did_you_mean(str(loc[-1]), known, "known are " + ", ".join(sorted(known)))
            document.report((*path, "@"), "unknown-key", f"unknown key `{name}`", hint)
        case "missing":
            document.report(path[:-1], "missing-key", f"`{name}` is missing", "every record needs it")
        case "literal_error":
            known = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
            hint = did_you_mean(str(given), known, "known are " + ", ".join(known))
            document.report(path, "unknown-value", f"{name}: `{given}` is not known", hint)
        case _:
            document.report(path, "wrong-type", f"{name}: {_expected(kind, details)}", _shown(given))


_EXPECTED = {
    "list_type": "a list is expected, in [brackets]",
    "tuple_type": "a list is expected, in [brackets]",
    "string_type": "a text is expected",
    "dict_type": "keys with values are expected, in {braces}",
    "model_type": "keys with values are expected, in {braces}",
    "model_attributes_type": "keys with values are expected, in {braces}",
    "int_parsing": "a whole number is expected",
    "int_type": "a whole number is expected",
    "float_parsing": "a number is expected",
    "float_type": "a number is expected",
    "bool_parsing": "true or false is expected",
    "bool_type": "true or false is expected",
}


def _expected(kind: str, details: ErrorDetails) -> str:
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    message = details["msg"]
    return message[:1].lower() + message[1:]


def _shown(given: object) -> str:
    if given is None:
        return "it is empty; leave the key out if there is nothing to say"
    text = str(given)
    return f"not `{text[:40]}{'...' if len(text) > 40 else ''}`"


def _dotted(loc: tuple[str | int, ...]) -> str:
    text = ""
    for step in loc:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "the record"


def _keys_at(form: type[Form], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that *form* knows at *loc*, found through its JSON Schema."""
    schema: dict[str, Any] = form.model_json_schema()
    definitions = schema.get("$defs", {})
    here = schema
    for step in (*loc, None):
        here = _resolved(here, definitions)
        if step is None:
            break
        if isinstance(step, int):
            here = here.get("items", {})
        else:
            here = here.get("properties", {}).get(step) or here.get("additionalProperties") or {}
    return list(here.get("properties", {}))


def _resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Follow references, and of alternatives the one that is not null."""
    while True:
        if "$ref" in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema:
            schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
        else:
            return schema

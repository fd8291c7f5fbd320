"""Directives that print the reference of the extension from its own code, so that it cannot differ.

Other code makes another environment, so that a page with one of them follows the code.
"""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_papers.model import codes
from sphinx_papers.model.problem import did_you_mean
from sphinx_papers.model.records.library import Kept, Library
from sphinx_papers.model.views.library_views import FieldsView
from sphinx_papers.model.views.view import View
from sphinx_papers.sphinx_ext import config
from sphinx_papers.sphinx_ext.config import Options
from sphinx_papers.sphinx_ext.context import PaperContext, paper_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node


_FEW = 12

OPTION_TEXTS: Mapping[str, str] = {
    "caption": "Says what the table holds.",
    "columns": "Identifiers of the columns, separated by blanks.",
    "filter": "Lets readers find rows by words and filters, where a script runs; it has no value.",
    "group-by": "A field under whose values the rows are grouped.",
    "limit": "The greatest number of papers.",
    "sort": "What to order by; with a minus the other way round.",
}
"""What stands beside the fields of a selection in a table's options."""


@dataclass(frozen=True)
class ManualEntry:
    """A thing that is described: its name as one writes it, and what is to be said of it."""

    name: str
    text: str
    details: tuple[tuple[str, str], ...] = ()
    """Parts of it, each with its own description."""


class _Reference(SphinxDirective):
    """Prints entries as a definition list."""

    has_content = False
    argument_names: ClassVar[Sequence[str]] = ()
    """What its arguments are called where it is described itself."""

    @property
    def domain(self) -> PaperContext:
        """The domain of papers."""
        return paper_context(self.env)

    def run(self) -> list[Node]:
        """Return the list."""
        return [self._list(self.entries(), classes=["sp-reference"])]

    def entries(self) -> Iterable[ManualEntry]:
        """Return what is described, in order."""
        raise NotImplementedError

    def _list(self, entries: Iterable[ManualEntry], **attributes: Any) -> Node:
        whole = nodes.definition_list(**attributes)
        for entry in entries:
            definition = nodes.definition("", nodes.paragraph("", "", *self._inline(entry.text)))
            if entry.details:
                definition += self._list(ManualEntry(*detail) for detail in entry.details)
            term = nodes.term("", "", nodes.literal("", entry.name))
            whole += nodes.definition_list_item("", term, definition)
        return whole if whole.children else nodes.comment()

    @staticmethod
    def _inline(text: str) -> list[Node]:
        """Return *text* with what is between backquotes as code."""
        parts = text.replace("``", "`").split("`")
        return [
            nodes.literal("", part) if number % 2 else nodes.Text(part)
            for number, part in enumerate(parts)
            if part
        ]


class WarningReference(_Reference):
    """Lists every code of a message with its meaning; of one area only if that is named."""

    optional_arguments = 1
    argument_names = ("AREA",)
    final_argument_whitespace = True

    def run(self) -> list[Node]:
        """Return a list under the name of each area."""
        known = {area.value: area for area in codes.Area}
        if self.arguments and self.arguments[0] not in known:
            raise self.error(f"unknown area: {did_you_mean(self.arguments[0], known, ', '.join(known))}")
        return super().run()

    def entries(self) -> Iterator[ManualEntry]:
        """Return the codes as they are ordered in the list."""
        for name, code in codes.CODES.items():
            if not self.arguments or code.area.value == self.arguments[0]:
                grave = "" if code.severity is codes.Severity.ERROR else " A warning."
                yield ManualEntry(name, code.meaning + grave)


class CommandReference(_Reference):
    """Lists the commands of ``sphinx-papers`` with their arguments; one only if it is named."""

    optional_arguments = 1
    argument_names = ("NAME",)

    def entries(self) -> Iterator[ManualEntry]:
        """Return the arguments of all commands, then each command."""
        from sphinx_papers.cli.main import parser  # noqa: PLC0415  see sphinx_papers.formats.records.reading

        top = parser()
        chosen = self.arguments[0] if self.arguments else ""
        if not chosen:
            yield ManualEntry(top.prog, "Before the command stand:", tuple(_arguments(top)))
        for action in top._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, command in action.choices.items():
                    if not chosen or name == chosen:
                        text = " ".join((command.description or "").split())
                        yield ManualEntry(f"{top.prog} {name}", text, tuple(_arguments(command)))


def _arguments(command: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Yield how each argument is written, and what it does."""
    for action in command._actions:
        if isinstance(action, (argparse._HelpAction, argparse._SubParsersAction)):
            continue
        value = action.metavar or ("|".join(action.choices) if action.choices else action.dest.upper())
        takes = "" if action.nargs == 0 else f" {value}"
        name = ", ".join(action.option_strings) + takes if action.option_strings else str(value)
        yield name, f"{action.help or 'no more than it says'}."
    # What stands below the arguments: a head, then names with what they are.
    for line in (command.epilog or "").splitlines()[1:]:
        name, _, text = line.strip().partition(" ")
        yield name, text.strip()


class DirectiveReference(_Reference):
    """Lists the directives of the extension with their arguments and options."""

    def entries(self) -> Iterator[ManualEntry]:
        """Return the directives by name."""
        for name, directive in sorted(self.domain.directives.items()):
            required = directive.required_arguments
            names = getattr(directive, "argument_names", ())[: required + directive.optional_arguments]
            places = [*names[:required], *(f"[{each}]" for each in names[required:])]
            yield ManualEntry(
                " ".join([f"{{paper:{name}}}", *places]),
                _first_line(directive),
                tuple(self._options(directive)),
            )

    def _options(self, directive: type[Any]) -> Iterator[tuple[str, str]]:
        if isinstance(directive.option_spec, dict) or directive.option_spec is None:
            texts = getattr(directive, "option_texts", {})
            yield from ((f":{name}:", texts[name]) for name in directive.option_spec or {})
            return
        # It takes whatever the registry has: what that is, the selection says.
        known = self.domain.show(self.env.current_document.docname, FieldsView())
        fields_known = ", ".join(f"`{name}`" for name in known)
        yield ":<field>:", f"Selects; fields are {fields_known}. Commas separate values, `not` excludes one."
        for name, text in OPTION_TEXTS.items():
            if directive.__name__ == "PaperTable" or name in {"limit", "sort"}:
                yield f":{name}:", text


@dataclass(frozen=True)
class RecordView(View):
    """The keys of a record, as the form that checks it defines them."""

    part: str

    def value(self, library: Library) -> tuple[tuple[str, str], ...]:
        """Return each key of one part of the record with its description, in the order of pages."""
        from sphinx_papers.formats.records.record import page_order  # noqa: PLC0415  see sphinx_papers.formats.records.reading

        part = _SCHEMA.of(library)[self.part]
        required = part.get("required", [])
        order = page_order(library.registry) if self.part == "Record" else part["properties"]
        return tuple((name, _key_text(part["properties"][name], required=name in required)) for name in order)

    def basis(self, library: Library) -> object:
        """Return what the schema is made of."""
        return library.registry


def _schema(library: Library) -> dict[str, Any]:
    from sphinx_papers.formats.records.record import record_schema  # noqa: PLC0415  see sphinx_papers.formats.records.reading

    return record_schema(library.registry)["$defs"]  # type: ignore[no-any-return]


_SCHEMA = Kept(_schema)
"""The parts of the schema: each has a list on a page, and is looked at to be noted and to be shown."""


def _key_text(described: Mapping[str, Any], *, required: bool) -> str:
    """Return what the schema says of a key, and the words it accepts where they are few."""
    text = ("Required. " if required else "") + " ".join(described["description"].split())
    is_list = any(place.get("type") == "array" for place in (described, *described.get("anyOf", [])))
    words = _words(described)
    if words and len(words) <= _FEW:
        return f"{text} {'A list of' if is_list else 'One of'} {', '.join(f'`{word}`' for word in words)}."
    if described.get("examples"):
        text += f" For instance {', '.join(described['examples'])}."
    return f"{text} A list." if is_list else text


def _words(described: Mapping[str, Any]) -> list[str]:
    for place in (described, described.get("items", {}), *described.get("anyOf", [])):
        for part in (place, place.get("items", {})):
            if "enum" in part:
                return list(part["enum"])
            if "const" in part:
                return [part["const"]]
    return []


class RecordReference(_Reference):
    """Describes the keys of a part of the record, made of the schema itself."""

    required_arguments = 1
    argument_names = ("PART",)

    def run(self) -> list[Node]:
        """Return the keys of the part that is named."""
        known = _SCHEMA.of(self.domain.library)
        if self.arguments[0] not in known:
            hint = did_you_mean(self.arguments[0], known, "known are " + ", ".join(sorted(known)))
            raise self.error(f"unknown part of the record `{self.arguments[0]}`: {hint}")
        return super().run()

    def entries(self) -> Iterator[ManualEntry]:
        """Return the keys in the order of a page."""
        for name, text in self.domain.show(self.env.current_document.docname, RecordView(self.arguments[0])):
            yield ManualEntry(name, text)


class JsonReference(_Reference):
    """Describes the fields of a part of ``papers.json``, made of its published schema."""

    required_arguments = 1
    argument_names = ("PART",)

    def run(self) -> list[Node]:
        """Return the fields of the part that is named."""
        known = json_parts()
        if self.arguments[0] not in known:
            hint = did_you_mean(self.arguments[0], known, "known are " + ", ".join(sorted(known)))
            raise self.error(f"unknown part of papers.json `{self.arguments[0]}`: {hint}")
        return super().run()

    def entries(self) -> Iterator[ManualEntry]:
        """Return the fields in the order of the file."""
        parts = json_parts()
        part = parts[self.arguments[0]]
        for name, described in part["properties"].items():
            always = "" if name in part.get("required", ()) else ", may be missing"
            said = " ".join(described.get("description", "").split())
            kind = _type_text(described, parts)
            yield ManualEntry(name, f"{kind}{always}.{f' {said}' if said else ''}")


@cache
def json_parts() -> dict[str, Any]:
    """Return the parts of the schema, which takes 20 ms to make and has a list for each of them."""
    from sphinx_papers.formats.exports.papers_json import papers_schema  # noqa: PLC0415  see sphinx_papers.formats.records.reading

    schema = papers_schema()
    return {**schema["$defs"], "PapersJson": schema}


def _type_text(described: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Return what kind of value the schema asks for, with *parts* that it refers to."""
    for place in described.get("anyOf", ()):
        if place.get("type") != "null":
            return _type_text(place, parts)
    if "$ref" in described:
        name = described["$ref"].rpartition("/")[2]
        return _type_text(parts[name], parts) if "enum" in parts[name] else f"`{name}`"
    if words := _words(described):
        said = ", ".join(f"`{word}`" for word in words)
        return f"One of {said}" if len(words) > 1 else f"Always {said}"
    if described["type"] == "array":
        return f"List of {_inner(described['items'], parts)}"
    if described["type"] == "object":
        return f"Object of {_inner(described['additionalProperties'], parts)}, by name"
    return {"string": "Text", "integer": "Whole number", "number": "Number", "boolean": "`true` or `false`"}[
        described["type"]
    ]


def _inner(described: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    text = _type_text(described, parts)
    return {"Text": "texts", "List of texts": "lists of texts"}.get(text, text)


class RoleReference(_Reference):
    """Lists the roles of the extension."""

    def entries(self) -> Iterator[ManualEntry]:
        """Return the roles by name."""
        for name, role in sorted(self.domain.roles.items()):
            yield ManualEntry(f"{{paper:{name}}}", _first_line(type(role)))


class OptionReference(_Reference):
    """Describes the configuration values of the extension."""

    def entries(self) -> Iterator[ManualEntry]:
        """Return the values in order."""
        for each in fields(Options):
            default = f"`{each.default!r}`" if each.default else "none"
            yield ManualEntry(f"papers_{each.name}", f"{each.metadata['summary']} Default: {default}.")


class SectionReference(_Reference):
    """Lists the sections of a paper's page with their lengths, as the editorial rules have them."""

    def entries(self) -> Iterator[ManualEntry]:
        """Return the sections in the order of a page."""
        from sphinx_papers.formats.records.editorial import read_editorial  # noqa: PLC0415  as above
        from sphinx_papers.formats.storage.places import EDITORIAL  # noqa: PLC0415

        # An environment does not know the folder of conf.py, which is the source's but for `-c`.
        folder = config.places(self.config, Path(self.env.srcdir)).registries
        self.env.note_dependency(str(folder / EDITORIAL))
        rules, _ = read_editorial(folder)  # what is wrong with them, `check` says
        for section in rules.sections:
            words = f" {section.shortest} to {section.longest} words." if section.longest else ""
            yield ManualEntry(f"## {section.title}", f"{section.hint}{words}")


def _first_line(thing: type) -> str:
    return (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")


REFERENCE = {
    "commands": CommandReference,
    "directives": DirectiveReference,
    "json": JsonReference,
    "options": OptionReference,
    "record": RecordReference,
    "roles": RoleReference,
    "sections": SectionReference,
    "warnings": WarningReference,
}

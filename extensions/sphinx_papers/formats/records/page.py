"""Pages: front matter of our own, then prose that is none of our business."""

from __future__ import annotations

from dataclasses import replace

from sphinx_papers.formats.records.form import Form, fill_form
from sphinx_papers.formats.records.identifier import flaw
from sphinx_papers.formats.records.prose import written_sections
from sphinx_papers.formats.records.record import RecordForm
from sphinx_papers.formats.records.record_paper import read_record
from sphinx_papers.formats.records.values import Line
from sphinx_papers.formats.records.yaml import Document, read_yaml
from sphinx_papers.formats.storage.fences import FRONT_MATTER
from sphinx_papers.formats.storage.places import KEY
from sphinx_papers.model.problem import Position, Problem, shown
from sphinx_papers.model.records.paper import Paper
from sphinx_papers.model.records.registry import Method, Registry

LONGEST_RECORD = 100_000
"""Characters of a record, five times the longest that anybody wrote: what thousands of results take grows with their square."""


class MethodForm(Form):
    """The front matter of a method page, under the key `method`."""

    name: Line
    """As links and tables show it."""
    summary: Line
    """One sentence."""


def read_front_matter(text: str, file: str) -> Document:
    """Read the front matter of a page; never raises."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return Document(file)
    if len(match[1]) > LONGEST_RECORD:
        message = f"a record of {len(match[1])} characters is too long, the limit is {LONGEST_RECORD}"
        return Document(file, problems=[Problem(file, Position(), "bad-text", message, "say less")])
    return read_yaml(match[1], file, first_line=2)


def _own(document: Document, name: str, kind: str) -> bool:
    """Say whether *document* has our key, and note a problem if not."""
    if document.problems:
        return False
    if isinstance(document.data, dict) and name in document.data:
        for key in sorted(document.data.keys() - {name}):
            # MyST would obey it: its settings, what search engines read, the place in the navigation.
            document.report(
                (key, "@"), "front-matter", f"`{key}` has no place in the front matter of a {kind}",
                f"`{name}` is the only key there",
            )  # fmt: skip
        return True
    document.problems.append(
        Problem(
            document.file, Position(), "no-record", f"this page of a {kind} has no `{name}:` in its front matter",
            _cure(document, name),
        )
    )  # fmt: skip
    return False


def _cure(document: Document, name: str) -> str:
    """Return what makes a record of the front matter that has none."""
    if isinstance(document.data, dict):
        return f"put the record under `{name}:`, each of its lines indented"
    return "begin it with ---, the record, and --- again"


def read_paper_page(
    text: str, file: str, key: str, form: type[RecordForm], registry: Registry
) -> tuple[Paper | None, Document]:
    """Read the record of the page of the paper *key*, and which sections the page has."""
    document = read_front_matter(text, file)
    if not _own(document, "paper", "paper"):
        return None, document
    if not KEY.fullmatch(key):
        document.problems.append(
            Problem(
                file, Position(), "bad-key", f"{shown(key)} is no citation key",
                "name the file as Google Scholar names the paper, in letters, digits, - and _: lee2021railroad.md",
            )
        )  # fmt: skip
        return None, document
    paper = read_record(form, document, ("paper",), key, registry)
    return paper and replace(paper, sections=written_sections(text)), document


def read_method_page(text: str, file: str, slug: str) -> tuple[Method | None, Document]:
    """Read the record of the page of the method category *slug*."""
    document = read_front_matter(text, file)
    if not _own(document, "method", "method"):
        return None, document
    form = fill_form(MethodForm, document, ("method",))
    wrong = flaw(slug)
    if wrong:
        document.problems.append(Problem(file, Position(), "bad-identifier", *wrong))
    method = Method(slug=slug, name=form.name, summary=form.summary) if form and not wrong else None
    return method, document

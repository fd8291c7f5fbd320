"""The files of a new site, made of the templates in the package, and the venues of the lists that it begins with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable

from sphinx_papers.formats.exports.markdown import escaped
from sphinx_papers.formats.intake.words import one_line
from sphinx_papers.formats.records.yaml_text import flow_list, flow_map, scalar
from sphinx_papers.formats.text.safe_text import text_flaw
from sphinx_papers.model.records.draft import Draft
from sphinx_papers.model.records.person import slug
from sphinx_papers.model.records.registry import Registry, Venue, VenueKind
from sphinx_papers.model.records.venue_name import VenueNames, bare_name
from sphinx_papers.version import __version__

THEMES: Mapping[str, tuple[str, str]] = {
    "furo": ("furo", "furo"),
    "pydata": ("pydata_sphinx_theme", "pydata-sphinx-theme"),
    "book": ("sphinx_book_theme", "sphinx-book-theme"),
}
"""Name for Sphinx and package of each theme on offer."""
VENUES = "docs/registries/venues.yml"
_FACETS = "docs/registries/facets.yml"
# Named without the dot here, as tools pass over hidden files.
_PLACES = {
    "gitignore": ".gitignore", "readthedocs.yaml": ".readthedocs.yaml", "workflow.yml": ".github/workflows/site.yml",
    "venues.yml": VENUES, "docs/conf.py.in": "docs/conf.py",
}  # fmt: skip
_PLACEHOLDER = re.compile(r"@([a-z_]+)@")
_LONGEST = 150
_CONFERENCE = re.compile(
    r"\b(?:proceedings|proc|conference|conf|congress|symposium|meeting|workshops?)\b", re.IGNORECASE
)
_WORKSHOP = re.compile(r"\bworkshops?\b", re.IGNORECASE)
# The last one is the number of a report: ATLAS-CONF-2014-006.
_NO_VENUE = re.compile(
    r"(?i:https?:|arxiv|preprint|submitted|in preparation|thesis)|\b[A-Z]+-(?:\w+-)*[0-9]{2}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """What somebody wants of a new site."""

    title: str
    author: str
    theme: str = "furo"
    """A name of :data:`THEMES`."""
    facets: tuple[str, ...] = ()
    """Names of presets."""


def _template() -> Traversable:
    return resources.files("sphinx_papers") / "site_template"


def facet_presets() -> tuple[str, ...]:
    """Return the names of the facets that a site can begin with."""
    names = (each.name for each in (_template() / "facets").iterdir())
    return tuple(sorted(name.removesuffix(".yml") for name in names if name.endswith(".yml")))


def site_files(plan: SitePlan) -> dict[str, str]:
    """Return the text of each file of the site, by its path."""
    theme, package = THEMES[plan.theme]
    values = {
        "title_md": escaped(plan.title), "title_py": json.dumps(plan.title, ensure_ascii=False),
        "author_py": json.dumps(plan.author, ensure_ascii=False), "theme_py": json.dumps(theme),
        "theme_package": package, "version": __version__,
    }  # fmt: skip
    files = {}
    for name, text in _texts(_template(), ""):
        if not name.startswith("facets/"):
            filled = _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
            files[_PLACES.get(name, name)] = filled
    chosen = [(_template() / "facets" / f"{name}.yml").read_text("utf-8") for name in plan.facets]
    files[_FACETS] = (
        "# By what papers are told apart. Terms can be added, renamed and taken out.\n" + "".join(chosen)
    )
    return dict(sorted(files.items()))


def _texts(folder: Traversable, below: str) -> Iterable[tuple[str, str]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _texts(each, f"{below}{each.name}/")
        else:
            yield f"{below}{each.name}", each.read_text("utf-8")


def with_venues(registry: Registry, drafts: Iterable[Draft]) -> Registry:
    """Return *registry* with the venues that *drafts* name and that it lacks, each as it was named first."""
    names = VenueNames(registry)
    named: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.venue and not draft.record:
            named.setdefault(one_line(draft.venue), []).append(draft)
    for text, of_venue in named.items():
        if names.find(text) is not None or text_flaw(text) or len(text) > _LONGEST or _NO_VENUE.search(text):
            continue
        venue = _venue(text, of_venue, registry)
        if venue is None:
            continue
        wider = replace(registry, venues={**registry.venues, venue.id: venue})
        found = VenueNames(wider)
        if found.find(text) == venue.id:
            registry, names = wider, found
    return registry


def _venue(text: str, drafts: list[Draft], registry: Registry) -> Venue | None:
    full = bare_name(text)
    acronym = re.search(r"\(([A-Z][A-Za-z&/-]{1,14})\)\s*$", full)
    name = acronym[1] if acronym else full
    key = _free(slug(name), registry)
    if not key or not full:
        return None
    is_serial = any(each.volume or each.number or each.article for each in drafts)
    kind = VenueKind.JOURNAL if is_serial and not _CONFERENCE.search(text) else VenueKind.CONFERENCE
    if _WORKSHOP.search(text):
        kind = VenueKind.WORKSHOP
    elif kind is VenueKind.CONFERENCE and not _CONFERENCE.search(text) and not full.isupper():
        kind = VenueKind.JOURNAL
    aliases = (text,) if text != full else ()
    return Venue(id=key, name=name, full=full, proceedings=full, kind=kind, aliases=aliases)


def _free(key: str, registry: Registry) -> str:
    """Return *key* as an identifier that no venue has; empty for a name without a letter of ASCII."""
    bare = re.sub(r"[^a-z0-9-]+", "", key)[:50].strip("-")
    if not bare or bare == "index":
        return ""
    number = 1
    while (found := bare if number == 1 else f"{bare}-{number}") in registry.venues:
        number += 1
    return found


def venues_yaml(venues: Iterable[Venue]) -> str:
    """Return the text of ``venues.yml``, sorted by identifier."""
    lines = ["# Where papers are published. kind: conference | workshop | journal | preprint."]
    for venue in sorted(venues, key=lambda each: each.id):
        values = {
            "name": scalar(venue.name), "full": scalar(venue.full), "proceedings": scalar(venue.proceedings),
            "kind": venue.kind.value,
        }  # fmt: skip
        if venue.publisher:
            values["publisher"] = scalar(venue.publisher)
        if venue.aliases:
            values["aliases"] = flow_list(venue.aliases)
        lines.append(f"{scalar(venue.id)}: {flow_map(values)}")
    return "\n".join([*lines, ""])

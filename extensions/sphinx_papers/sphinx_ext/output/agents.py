"""What agents find a site by: the index ``llms.txt`` with lists that it leads to, and the skill.

https://llmstxt.org: a title, a sentence in a quote, sections of links. A section with too many links for one file is a list of its
own, that of the papers one for each year.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sphinx_papers.formats.answers.skill import Verb, skill_name, skill_text
from sphinx_papers.formats.storage.files import inside, sweep, write_bytes
from sphinx_papers.formats.storage.places import INDEX
from sphinx_papers.formats.text.markdown import words
from sphinx_papers.model.records.person import slug
from sphinx_papers.sphinx_ext.addresses import SITES
from sphinx_papers.sphinx_ext.context import PAPERS, PaperContext, paper_context
from sphinx_papers.sphinx_ext.output.twins import LLMS, SiteLinks, has_twins, twin_file

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_papers.model.records.paper import Paper

VERBS = ("show", "best", "boards", "compare", "find")
LISTS = "llms"
"""The folder of the lists that the index leads to."""
SKILLS = "skills"
_LONGEST = 6_000
"""Characters of a section that stands in the index itself."""
_FIRST = ("", "guide", "methods", "leaderboards")
"""Folders whose pages are told first, where a site has them."""


def agents_are_served(app: Sphinx) -> bool:
    """Say whether nothing is to be written that is not there."""
    return not has_twins(app) or (app.outdir / LLMS).is_file()


def write_agents(app: Sphinx) -> None:
    """Write index, lists and skill; where they are not wanted any more, delete them and all twins."""
    if app.builder.name not in SITES or not (has_twins(app) or (app.outdir / skill_file(app)).is_file()):
        return
    files = dict(_files(app)) if has_twins(app) else {}
    before = {LLMS, skill_file(app), *(f"{LISTS}/{path.name}" for path in (app.outdir / LISTS).glob("*.txt"))}
    if not files:
        before |= {twin_file(docname) for docname in app.env.found_docs}
    for name in sorted(before - files.keys()):
        inside(app.outdir, name).unlink(missing_ok=True)
    for folder in {name.rpartition("/")[0] for name in files}:
        sweep(app.outdir / folder)
    for name, text in files.items():
        write_bytes(app.outdir, name, text.encode("utf-8", "replace"))


def skill_file(app: Sphinx) -> str:
    """Return the file of the skill."""
    return f"{SKILLS}/{skill_name(app.config.project)}/SKILL.md"


def note_verbs(app: Sphinx, env: BuildEnvironment, *_: object) -> None:
    """Keep the verbs with the environment, which other code makes anew: no later build loads the command line for them."""
    data = paper_context(env).data
    if has_twins(app) and not data["verbs"]:
        data["verbs"] = [(each.usage, each.summary) for each in verbs_told()]


def verbs_told() -> Iterator[Verb]:
    """Yield the verbs as the command line has them."""
    from sphinx_papers.cli.main import COMMANDS, parser  # noqa: PLC0415  see sphinx_papers.formats.records.reading

    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name in VERBS:
                usage = " ".join(part for each in action.choices[name]._actions if (part := _argument(each)))
                yield Verb(f"sphinx-papers {name} {usage}", COMMANDS[name].HELP)


def _argument(action: argparse.Action) -> str:
    """Return an argument as a call has it; nothing of what all verbs share."""
    if action.dest in {"help", "records", "json"}:
        return ""
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    if action.option_strings:
        return f"[{action.option_strings[-1]} {name}]"
    return {"?": f"[{name}]", "*": f"[{name} ...]", "+": f"{name} ..."}.get(str(action.nargs), name)


def _files(app: Sphinx) -> Iterator[tuple[str, str]]:
    domain = paper_context(app.env)
    library, links = domain.library, SiteLinks(app, app.config.root_doc)
    title = app.config.project
    about = f"{len(library)} papers, each with its results, their conditions and sources."
    lines = [
        f"# {words(title)}", "", f"> {about} Every page is Markdown too: the same address with `.md` for `.html`.", "",
        "## Ask", "",
        f"- [Skill]({links.to(skill_file(app))}): verbs, boards, conditions and rules, to be read before anything is asked",
        # Data are no pages: what follows every link of an index would take them for such.
        f"- All records with results and sources, and what their words mean: `{links.to('papers.json')}`",
        f"- A line for each result, with its conditions and source: `{links.to('results.csv')}`", "",
    ]  # fmt: skip
    for name, entries in _sections(app, domain, links).items():
        own = "\n".join(entries)
        if len(own) <= _LONGEST:
            lines += [f"## {words(name)}", "", *entries, ""]
        else:
            file = f"{LISTS}/{slug(name)}.txt"
            yield file, _list(name, title, entries)
            lines += [
                f"## {words(name)}",
                "",
                f"- [{words(name)}]({links.to(file)}): {len(entries)} pages",
                "",
            ]
    lines += ["## Papers", ""]
    by_year = {
        year: [_paper(links, paper) for paper in papers]
        for year, papers in sorted(library.by_year.items(), reverse=True)
    }
    if sum(len(line) for each in by_year.values() for line in each) <= _LONGEST:
        lines += [line for each in by_year.values() for line in each]
        by_year = {}
    for year, own_lines in by_year.items():
        file = f"{LISTS}/papers-{year}.txt"
        yield file, _list(f"Papers of {year}", title, own_lines)
        lines.append(f"- [Papers of {year}]({links.to(file)}): {len(own_lines)} of them")
    yield LLMS, "\n".join([*lines, ""])
    records = links.to("papers.json")
    told = [Verb(usage, summary) for usage, summary in domain.data["verbs"]]
    yield skill_file(app), skill_text(library, app.config.project, records, told)


def _paper(links: SiteLinks, paper: Paper) -> str:
    address = links.to(twin_file(f"{PAPERS}/{paper.key}"))
    return f"- [{words(paper.name)}]({address}): {words(paper.plain_title)}"


def _list(name: str, title: str, entries: list[str]) -> str:
    return "\n".join([f"# {words(name)}", "", f"> Of {words(title)}.", "", "## Pages", "", *entries, ""])


def _sections(app: Sphinx, domain: PaperContext, links: SiteLinks) -> Mapping[str, list[str]]:
    """Return the lines of all pages that are of no paper, by the title of their folder's index."""
    found: dict[str, list[str]] = {}
    titles = app.env.titles
    folders = sorted({name.rpartition("/")[0] for name in app.env.found_docs})
    for folder in sorted(
        folders, key=lambda each: (_FIRST.index(each) if each in _FIRST else len(_FIRST), each)
    ):
        index = f"{folder}/{INDEX}" if folder else ""
        heading = titles[index].astext() if index in titles else folder.capitalize() or "This site"
        for docname in sorted(app.env.found_docs):
            above, _, name = docname.rpartition("/")
            if above == folder and docname in titles and not (folder == PAPERS and name in domain.library):
                told = _told(app, domain, docname)
                line = f"- [{words(titles[docname].astext())}]({links.to(twin_file(docname))})"
                # The index of papers is no list of papers.
                section = "This site" if folder == PAPERS else heading
                found.setdefault(section, []).append(line + (f": {words(told)}" if told else ""))
    return found


def _told(app: Sphinx, domain: PaperContext, docname: str) -> str:
    """Return what *docname* is about, where that is known."""
    folder, _, name = docname.rpartition("/")
    methods = domain.library.registry.methods
    if folder == app.config.papers_methods and name in methods:
        return methods[name].summary
    text = domain.data["texts"].get(docname)
    return text.opening if text is not None else ""

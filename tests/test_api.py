"""What other programs may use: the page about it, its examples, and that its names stay cheap to import."""

import doctest
import importlib
import inspect
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx.pycode import ModuleAnalyzer

import sphinx_papers
from sphinx_papers import CollectionError, api, load

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/contributing/api.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_the_examples_of_the_page_print_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    examples = doctest.DocTestParser().get_doctest("\n".join(BLOCKS), {}, "api.md", "api.md", 0)
    assert len(examples.examples) > 15
    said: list[str] = []
    results = doctest.DocTestRunner().run(examples, out=said.append)
    assert results.failed == 0, "".join(said)


def test_the_names_are_the_same_for_programs_and_for_type_checkers() -> None:
    assert set(sphinx_papers.__all__) == {*api.__all__, "__version__", "setup"}
    for name in api.__all__:
        assert getattr(sphinx_papers, name) is getattr(api, name)
    assert set(sphinx_papers.__all__) <= set(dir(sphinx_papers))


def test_no_name_is_a_module_of_the_package() -> None:
    """Python sets a module as an attribute of its package, over whatever has its name."""
    modules = {module.name for module in pkgutil.iter_modules(sphinx_papers.__path__)}
    assert not modules & set(sphinx_papers.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'loda'"):
        sphinx_papers.loda  # noqa: B018


@pytest.mark.parametrize("name", [name for name in sphinx_papers.__all__ if name != "__version__"])
def test_each_name_has_a_docstring_and_stands_on_the_page(name: str) -> None:
    assert inspect.getdoc(getattr(sphinx_papers, name)), name
    assert re.search(
        rf"^\.\. auto(?:function|class|exception):: sphinx_papers\.{name}$", PAGE, re.MULTILINE
    ), name


def test_every_attribute_on_the_page_says_what_it_is() -> None:
    """Fields without a docstring would be left out of the page."""
    paths = re.findall(r"^\.\. auto(?:class|exception):: (\S+)$", PAGE, re.MULTILINE)
    assert len(paths) > 30
    for path in paths:
        module, _, name = path.rpartition(".")
        found = getattr(importlib.import_module(module), name)
        told = {
            each
            for (owner, each) in ModuleAnalyzer.for_module(found.__module__).find_attr_docs()
            if owner == name
        }
        fields = set(inspect.get_annotations(found)) | set(getattr(found, "__members__", {}))
        assert {each for each in fields if not each.startswith("_")} <= told, path


def test_importing_the_package_imports_neither_sphinx_nor_the_library() -> None:
    code = (
        "import sys, sphinx_papers;"
        "assert not {'sphinx', 'pydantic', 'sphinx_papers.api'} & set(sys.modules);"
        "sphinx_papers.load;"
        "assert not {'sphinx', 'docutils', 'requests'} & set(sys.modules), sorted(sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "extensions")}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_a_collection_with_errors_is_refused_or_loaded_in_part(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "good2020page.md").write_text('---\npaper: {title: Good, date: "2020"}\n---\n')
    (papers / "bad2020page.md").write_text("---\npaper: {title: Bad}\n---\n")
    with pytest.raises(CollectionError, match=r"bad2020page\.md:2:8: error\[missing-key\]") as raised:
        load(tmp_path)
    assert [problem.code for problem in raised.value.problems] == ["missing-key"]
    library = load(tmp_path, partial=True)
    assert list(library) == ["good2020page"]
    assert library.unreadable == {"bad2020page"}


def test_a_folder_without_papers_is_no_collection(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder of papers"):
        load(tmp_path)


def test_a_schema_that_there_is_not_is_told_with_those_that_there_are() -> None:
    library = load(ROOT / "extensions/example")
    with pytest.raises(ValueError, match="did you mean `venues`"):
        sphinx_papers.schema(library, "venue")
    assert sphinx_papers.schema(library, "papers")["required"] == ["version", "papers"]


def test_options_that_a_format_does_not_take_are_refused() -> None:
    library = load(ROOT / "extensions/example")
    with pytest.raises(sphinx_papers.ExportError, match="`without` is not for ris"):
        sphinx_papers.export(library, "ris", without=["doi"])

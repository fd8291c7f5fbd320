"""What Read the Docs adds to pages gets along with what is there.

Its own script is not at hand, so the events and elements are made here as its source has them
(github.com/readthedocs/addons, 0.49).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .browser import Reader

FOCUSED = "document.activeElement.closest('form[data-suggests]') !== null"
ASK = """() => {
  window.heard = 0;
  document.addEventListener("readthedocs-search-show", () => window.heard++);
  document.dispatchEvent(new CustomEvent("readthedocs-search-show"));
}"""


def test_its_search_is_the_search_of_the_site(reader: Reader) -> None:
    page = reader.open("papers/lee2021railroad.html")
    assert not page.evaluate(FOCUSED)
    page.evaluate(ASK)
    assert page.evaluate(FOCUSED)
    assert page.evaluate("window.heard") == 0


def test_its_search_opens_where_there_is_no_other(reader: Reader) -> None:
    page = reader.open("papers/lee2021railroad.html")
    page.evaluate("document.querySelector('form[data-suggests]').remove()")
    page.evaluate(ASK)
    assert page.evaluate("window.heard") == 1


def test_its_previews_of_links_do_not_stand_beside_ours(reader: Reader) -> None:
    page = reader.open("papers/lee2021railroad.html")
    page.evaluate(
        """() => {
          const tooltip = document.createElement("div");
          tooltip.dataset.linkpreviewHref = location.href;
          tooltip.textContent = "A preview";
          document.body.append(tooltip);
          tooltip.style.display = "flex";
        }"""
    )
    assert page.get_by_text("A preview").is_hidden()

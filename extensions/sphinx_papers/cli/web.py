"""Asks arXiv, the DOI resolver and publishers; the only part that opens a connection.

Nothing that builds a site imports it for more than its name: a build needs no network.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError
from urllib3.util.retry import Retry

from sphinx_papers.cli.command import CommandError
from sphinx_papers.version import __version__

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

ARXIV = "https://export.arxiv.org/api/query"
DOI = "https://doi.org/"
CSL_JSON = "application/vnd.citationstyles.csl+json"
_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 20.0
_LONGEST_WAIT = 10.0
_LARGEST = 5_000_000
_LARGEST_FILE = 100_000_000
# arXiv asks for three seconds between calls: https://info.arxiv.org/help/api/tou.html
_ARXIV_PAUSE = 3.0


class WebError(CommandError):
    """Why a service gave no answer, and what to do without."""


class _Patience(Retry):
    """Waits as long as a service asks, but no longer than somebody at a terminal does."""

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Return the seconds that *response* asks for; none if it cannot be understood."""
        try:
            return super().get_retry_after(response)
        except InvalidHeader:
            return None

    def increment(
        self, method: str | None = None, url: str | None = None, response: BaseHTTPResponse | None = None,
        error: Exception | None = None, _pool: Any = None, _stacktrace: TracebackType | None = None,
    ) -> _Patience:  # fmt: skip
        """Count an attempt; asking earlier than a service wants it would be impolite, so that it is the last."""
        if response is not None and (self.get_retry_after(response) or 0) > _LONGEST_WAIT:
            raise MaxRetryError(_pool, url or "", error)
        return super().increment(method, url, response, error, _pool, _stacktrace)


class Web:
    """A polite visitor: says who it is, waits, tries again when told to, and gives up in time.

    The environment can point it elsewhere (``SPHINX_PAPERS_ARXIV``, ``SPHINX_PAPERS_DOI``) and say
    whom to write to (``SPHINX_PAPERS_CONTACT``), which Crossref answers faster.
    """

    def __init__(
        self, *, seconds: float = _ANSWER_SECONDS, pause: float = _ARXIV_PAUSE, backoff: float = 0.5
    ) -> None:
        self._arxiv = os.environ.get("SPHINX_PAPERS_ARXIV", ARXIV)
        self._doi = os.environ.get("SPHINX_PAPERS_DOI", DOI)
        self._seconds = seconds
        self._pause = pause
        self._asked_arxiv = float("-inf")
        contact = os.environ.get("SPHINX_PAPERS_CONTACT", "")
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"sphinx-papers/{__version__}" + (
            f" (mailto:{contact})" if contact else ""
        )
        # What a busy service says.
        retries = _Patience(
            total=3, connect=1, read=False, redirect=8, status_forcelist=(429, 500, 502, 503, 504),
            backoff_factor=backoff, raise_on_status=False, allowed_methods=("GET",),
        )  # fmt: skip
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retries))

    def arxiv(self, ids: Sequence[str]) -> bytes:
        """Return arXiv's answer about *ids*, in Atom."""
        return self._ask_arxiv(id_list=",".join(ids), max_results=str(len(ids)))

    def arxiv_search(self, query: str, most: int) -> bytes:
        """Return arXiv's answer to *query*, the newest *most* papers, in Atom."""
        return self._ask_arxiv(
            search_query=query, sortBy="submittedDate", sortOrder="descending", max_results=str(most)
        )

    def _ask_arxiv(self, **parameters: str) -> bytes:
        time.sleep(max(0.0, self._asked_arxiv + self._pause - time.monotonic()))
        answer = self._get(self._arxiv, {}, parameters)
        self._asked_arxiv = time.monotonic()
        return answer

    def doi(self, doi: str) -> bytes:
        """Return what is registered for *doi*, in CSL-JSON."""
        return self._get(self._doi + quote(doi, safe="/()"), {"Accept": CSL_JSON})

    def page(self, address: str) -> bytes:
        """Return the page at *address*."""
        return self._get(address, {"Accept": "text/html"})

    def records(self, address: str) -> bytes:
        """Return the records that a site publishes at *address*."""
        return self._get(
            address, {"Accept": "application/json"}, instead="a downloaded file", largest=_LARGEST_FILE
        )

    def _get(
        self, address: str, headers: dict[str, str], parameters: Mapping[str, str] | None = None, *,
        instead: str = "a BibTeX file", largest: int | None = None,
    ) -> bytes:  # fmt: skip
        """Return the body of an answer; *instead* is what else would do, to be told if there is none.

        :raises WebError: if there is none in time, or it says that there is nothing.
        """
        host = urlsplit(address).hostname or address
        until = time.monotonic() + self._seconds
        try:
            with self._session.get(
                address,
                headers=headers,
                params=parameters,
                stream=True,
                timeout=(_CONNECT_SECONDS, self._seconds),
            ) as answer:
                if answer.status_code == requests.codes.not_found:
                    raise WebError(f"{host} does not know it (404); is it spelt right?")
                if answer.status_code != requests.codes.ok:
                    raise WebError(
                        f"{host} answers {answer.status_code} {answer.reason}; try again later, or use {instead}"
                    )
                body = b""
                # A time-out of `requests` is for each read: an answer in drops would never meet it.
                for part in answer.iter_content(65_536):
                    body += part
                    if time.monotonic() > until:
                        raise WebError(f"{host} is too slow; try again later, or use {instead}")
                    if len(body) > (largest or _LARGEST):
                        raise WebError(
                            f"{host} answers with more than {'records' if largest else 'a record'} can be; use {instead}"
                        )
                return body
        except requests.Timeout as error:
            raise WebError(f"{host} is too slow; try again later, or use {instead}") from error
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
            raise WebError(f"{host} breaks off its answer; try again later, or use {instead}") from error
        except requests.ConnectionError as error:
            raise WebError(f"cannot reach {host}; without a network, use {instead}") from error
        except requests.TooManyRedirects as error:
            raise WebError(f"{host} redirects without end; use {instead}") from error
        except (requests.RequestException, HTTPError, ValueError) as error:
            # Not all that is wrong with an address is wrapped: one with two dots in its host is not.
            raise WebError(f"{host} leads to what is no address of the web; use {instead}") from error

"""What a contributor names a paper by: arXiv id, DOI, address or BibTeX file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sphinx_papers.formats.intake.words import IntakeError, find_arxiv, find_doi
from sphinx_papers.model.problem import did_you_mean

_ARXIV_HOST = re.compile(r"(?:\w+\.)?arxiv\.org")
_KINDS = ("arXiv id (2105.08965)", "DOI (10.1109/CVPR46437.2021.00545)", "address (https://...)", "file.bib")


@dataclass(frozen=True, slots=True)
class PaperReference:
    """A paper as it was named: the *kind* of name and the name itself."""

    kind: str
    """``arxiv``, ``doi``, ``url`` or ``bibtex``."""
    name: str


def read_reference(text: str) -> PaperReference:
    """Read what was typed or pasted.

    :raises IntakeError: if it is none of the kinds there are.
    """
    bare = text.strip()
    if "," in bare and all(find_arxiv(each) or find_doi(each) for each in bare.split(",")):
        message = f"`{bare}` is several papers, which blanks part and not commas"
        raise IntakeError(message)
    if bare.lower().endswith(".bib"):
        return PaperReference("bibtex", bare)
    if re.match(r"(?:(?:www\.|dx\.)?doi\.org|(?:www\.)?arxiv\.org)/", bare, re.IGNORECASE):
        bare = f"https://{bare}"  # as browsers show it
    if re.match(r"https?://", bare, re.IGNORECASE):
        return _address(bare)
    doi = find_doi(bare)
    if doi and re.fullmatch(r"(?:doi:\s*)?10\..*", bare, re.IGNORECASE):
        return PaperReference("doi", doi)
    arxiv = find_arxiv(bare)
    if (
        arxiv
        and re.fullmatch(r"(?:arxiv:\s*|10\.48550/arxiv\.)?\S+", bare, re.IGNORECASE)
        and "://" not in bare
    ):
        return PaperReference("arxiv", arxiv)
    kind = did_you_mean(bare, _KINDS, "give " + ", ".join(_KINDS))
    message = f"`{bare}` names no paper ({kind})"
    raise IntakeError(message)


def _address(address: str) -> PaperReference:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        host = ""
    if not host:
        message = f"`{address}` is no address"
        raise IntakeError(message)
    if _ARXIV_HOST.fullmatch(host):
        arxiv = find_arxiv(parts.path)
        if arxiv:
            return PaperReference("arxiv", arxiv)
    path = unquote(parts.path)
    if host.endswith("doi.org") and find_arxiv(path) and re.match(r"/10\.48550/", path):
        return PaperReference("arxiv", find_arxiv(path))
    doi = find_doi(path) if host.endswith("doi.org") or "/doi/" in path else ""
    # Publishers add parts of their own to the DOI in an address: /full, /abstract.
    doi = re.sub(r"/(?:abstract|full|pdf|epdf)$", "", doi)
    return PaperReference("doi", doi) if doi else PaperReference("url", address)

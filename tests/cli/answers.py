"""Answers in the shapes that arXiv, DOI resolvers and publishers document.

arXiv: https://info.arxiv.org/help/api/user-manual.html, sections 3.3 (entries) and 3.4 (errors).
DOI: https://citation.doi.org/docs.html and https://www.crossref.org/documentation/retrieve-metadata/content-negotiation/.
Publishers: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing.
The papers in them do not exist.
"""

from __future__ import annotations


def atom(*ids: str, doi: str = "", title: str = "Maps of Maps:\n  a Study in $L_2$") -> bytes:
    """Return a feed with an entry for each id, with version as arXiv gives it."""
    entries = "".join(
        f"""  <entry>
    <id>http://arxiv.org/abs/{each}</id>
    <updated>2021-06-01T09:00:00Z</updated>
    <published>2021-05-19T17:59:59Z</published>
    <title>{title}</title>
    <summary>  Maps are drawn.
</summary>
    <author>
      <name>Ada Berg</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Flock</arxiv:affiliation>
    </author>
    <author>
      <name>Ben van den Hove</name>
    </author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">9 pages. Code: https://github.com/berg/maps.</arxiv:comment>
    {f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{doi}</arxiv:doi>' if doi else ""}
    <link href="http://arxiv.org/abs/{each}" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/{each}" rel="related" type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
"""
        for each in ids
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?id_list=x" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: id_list=x</title>
  <id>http://arxiv.org/api/x</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{len(ids)}</opensearch:totalResults>
{entries}</feed>
""".encode()


ATOM_ERROR = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_1234</id>
    <title>Error</title>
    <summary>incorrect id format for 1234</summary>
    <author><name>arXiv api core</name></author>
  </entry>
</feed>
"""

CSL: dict[str, object] = {
    "type": "proceedings-article",
    "title": "Maps &amp; <i>Maps</i>: a\n Study",
    "DOI": "10.1000/maps.1",
    "URL": "http://dx.doi.org/10.1000/maps.1",
    "resource": {"primary": {"URL": "https://publisher.example/maps"}},
    "author": [
        {"family": "Berg", "given": "Ada", "sequence": "first", "affiliation": [{"name": "Flock"}]},
        {"family": "Hove", "given": "Ben", "non-dropping-particle": "van den"},
        {"name": "The Flock"},
    ],
    "container-title": "2021 Conference on Vision (CVPR)",
    "event": {"name": "CVPR"},
    "publisher": "Publisher",
    "volume": "12",
    "issue": "3",
    "page": "1-9",
    "issued": {"date-parts": [[2021, 6]]},
    "published-online": {"date-parts": [[2021, 3, 2]]},
    "published-print": {"date-parts": [[None]]},
}

PAGE = b"""<!DOCTYPE html><html><head><title>x</title>
<meta name="citation_title" content="Maps of Maps">
<meta name="citation_author" content="Berg, Ada"><meta name="citation_author" content="Ben Hove">
<meta name="citation_publication_date" content="2021/06">
<meta name="citation_conference_title" content="Conference on Vision">
<meta name="citation_firstpage" content="1"><meta name="citation_lastpage" content="9">
<meta name="citation_doi" content="10.1000/maps.1"><meta name="other" content="y">
</head><body></body></html>
"""

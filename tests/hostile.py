"""Prose that a page may not have: (what it is, the text, what `check` calls it).

Each holds the word `pwned` or an address that nothing of it may bring into what is published.
"""

from __future__ import annotations

from typing import NamedTuple


class Snippet(NamedTuple):
    name: str
    text: str
    code: str


SNIPPETS = tuple(
    Snippet(*each)
    for each in (
        ("script", "<script>alert('pwned')</script>", "html"),
        ("script in text", "Some <script src=https://pwned.example/x></script> text.", "html"),
        ("handler", '<img src=x onerror="pwned()">', "html"),
        ("handler in text", "Some <b onmouseover=pwned()>text</b>.", "html"),
        ("frame", '<iframe src="https://pwned.example"></iframe>', "html"),
        ("form", '<form action="https://pwned.example"><input name=a></form>', "html"),
        ("style", "<style>body { background: url(https://pwned.example) }</style>", "html"),
        ("base", 'See <base href="https://pwned.example/"> this.', "html"),
        ("refresh", '<meta http-equiv="refresh" content="0; url=https://pwned.example">', "html"),
        ("drawing", '<svg onload="pwned()"><script>pwned()</script></svg>', "html"),
        ("object", '<object data="https://pwned.example"></object>', "html"),
        ("after a comment", "<!-- fine --><script>pwned()</script>", "html"),
        ("in an open comment", "<!--><script>pwned()</script> -->", "html"),
        ("instruction", "<?php pwned() ?>", "html"),
        ("in a table", "| a |\n| --- |\n| <img src=x onerror=pwned()> |", "html"),
        ("in a list", "- one\n\n  <div onclick=pwned()>two</div>", "html"),
        ("in a quotation", "> <div onclick=pwned()>two</div>", "html"),
        ("in a heading", "## A <img src=x onerror=pwned()> heading", "html"),
        ("in a footnote", "Text[^1].\n\n[^1]: <img src=x onerror=pwned()>", "html"),
        ("in the text of a link", "[<img src=x onerror=pwned()>](https://example.org)", "html"),
        ("raw", "```{raw} html\n<b>pwned</b>\n```", "directive"),
        ("raw by colons", ":::{raw} html\n<b>pwned</b>\n:::", "directive"),
        ("raw by tildes", "~~~{raw} html\n<b>pwned</b>\n~~~", "directive"),
        ("raw LaTeX", "```{raw} latex\n\\input{pwned}\n```", "directive"),
        ("raw after a space of another kind", "```{raw}\u00a0html\n<b>pwned</b>\n```", "directive"),
        ("raw in capitals", "```{RAW} html\n<b>pwned</b>\n```", "directive"),
        ("raw of a file", "```{raw} html\n:file: ../../secret.md\n```", "directive"),
        ("raw of an address", "```{raw} html\n:url: http://127.0.0.1:9/pwned\n```", "directive"),
        ("reStructuredText", "```{eval-rst}\n.. raw:: html\n\n   <b>pwned</b>\n```", "directive"),
        ("a role of raw", "```{role} evil(raw)\n:format: html\n```\n\n{evil}`<b>pwned</b>`", "directive"),
        ("the role raw", "{raw}`<b>pwned</b>`", "role"),
        ("a role that is not there", "{evil}`pwned`", "role"),
        ("include", "```{include} ../../secret.md\n```", "directive"),
        ("literal include", "```{literalinclude} ../../secret.md\n```", "directive"),
        ("table of a file", "```{csv-table}\n:file: ../../secret.md\n```", "directive"),
        ("download", "{download}`pwned <../../secret.md>`", "role"),
        ("expression", "```{ifconfig} __import__('os').system('pwned')\npwned\n```", "directive"),
        ("head", "```{meta}\n:refresh: pwned\n```", "directive"),
        ("navigation", "```{toctree}\npwned <https://pwned.example>\n```", "directive"),
        ("button", "```{button-link} javascript:pwned()\n```", "directive"),
        ("card", "```{card} Title\n:link: javascript:pwned()\n```", "directive"),
        ("within a note", "::::{note}\n:::{raw} html\n<b>pwned</b>\n:::\n::::", "directive"),
        ("on the line of a note", "```{note} <img src=x onerror=pwned()>\n```", "html"),
        ("begun on the line of a note", "~~~{note} ```{raw} html\npwned\n```\n~~~", "directive"),
        ("within a block", ":::\n<b onclick=pwned()>text</b>\n:::", "html"),
        ("in a title", "```{admonition} <b onclick=pwned()>text</b>\nText.\n```", "html"),
        ("in a caption", "```{code-block} python\n:caption: <b onclick=pwned()>text</b>\npass\n```", "html"),
        (
            "in a quoted caption",
            '```{code-block} python\n:caption: "\\x3cb onclick=pwned()>text"\npass\n```',
            "directive",
        ),
        ("options between dashes", "```{note}\n---\nclass: pwned\n---\nText.\n```", "directive"),
        (
            "target of an image",
            "```{image} here.png\n:target: javascript:pwned()\n```",
            "directive",
        ),
        ("directives in directives", "".join(f"{':' * n}{{note}}\n" for n in range(12, 2, -1)) + "pwned", "directive"),
        ("link to a script", "[text](javascript:pwned())", "link"),
        ("link with a broken scheme", "[text](java&Tab;script:pwned())", "link"),
        ("link with a hidden scheme", "[text](&#106;avascript:pwned())", "link"),
        ("link to data", "[text](data:text/html;base64,pwned)", "link"),
        ("link in angles", "<javascript:pwned()>", "link"),
        ("link by reference", "[text][x]\n\n[x]: javascript:pwned()", "link"),
        ("link by reference within", "```{note}\n[text][x]\n```\n\n[x]: javascript:pwned()", "link"),
        ("link in capitals", "[text](HTTPS://pwned.example/x)", "link"),
        ("link without a host", "[text](https:pwned)", "link"),
        ("link to another host", "[text](//pwned.example/x)", "link"),
        ("link by path", "[text](path:../../secret.md)", "link"),
        ("link of the project", "[text](project:../../secret.md)", "link"),
        ("link to a file of the machine", "[text](../../secret.md)", "link"),
        ("link to a file by codes", "[text](%2e%2e/%2e%2e/secret.md)", "link"),
        ("link to a hidden file", "[text](../.git/pwned.md)", "link"),
        ("link to a program", "[text](../docs/conf.py)", "link"),
        ("link through a link", "[text](leads.MD)", "link"),
        ("link to a word through a link", "[text](leads)", "link"),
        ("image of the machine", "![text](../../secret.png)", "image"),
        ("image of the machine from the root", "![text](/../../secret.png)", "image"),
        ("image from elsewhere", "![text](https://pwned.example/x.png)", "image"),
        ("image from another host", "![text](//pwned.example/x.png)", "image"),
        ("image of data", "![text](data:image/svg+xml;base64,pwned)", "image"),
        ("image that can hold scripts", "![text](here.svg)", "image"),
        ("image through a link", "![text](leads.png)", "image"),
        ("image that is none", "![text](../docs/conf.py)", "image"),
        ("image by reference", "![text][x]\n\n[x]: https://pwned.example/x.png", "image"),
        ("image by directive", "```{image} https://pwned.example/x.png\n```", "image"),
        ("figure of the machine", "```{figure} ../../secret.png\nText.\n```", "image"),
        ("file in a formula", "$\\input{../../secret.md}$", "formula"),
        ("file in a displayed formula", "$$\n\\include{../../secret.md}\n$$", "formula"),
        ("file in the role", "{math}`\\input{pwned}`", "formula"),
        ("file in the directive", "```{math}\n\\openin5=pwned\n```", "formula"),
        ("Lua in a formula", "$\\directlua{pwned}$", "formula"),
        ("command in codes", "$^^5cinput{pwned}$", "formula"),
        ("command by its name", "$\\csname input\\endcsname{pwned}$", "formula"),
        ("definition", "$\\def\\x{\\x\\x}\\x pwned$", "formula"),
        ("environment", "$\\begin{filecontents}pwned\\end{filecontents}$", "formula"),
        ("link in a formula", "$\\href{javascript:pwned()}{x}$", "formula"),
        ("style in a formula", "$\\style{background:url(https://pwned.example)}{x}$", "formula"),
        ("deep formula", "$" + "\\sqrt{" * 1500 + "pwned" + "}" * 1500 + "$", "formula"),
        ("reversed text", "Some \u202epwned text.", "bad-text"),
        ("nothing to be seen", "Some p\u200bwned text.", "bad-text"),
        ("escape", "Some \x1b[31mpwned text.", "bad-text"),
        ("tag in pieces", "<scr\u200bipt>pwned()</script>", "html"),
    )
)  # fmt: skip
FRONT_MATTER = (
    (
        "settings of MyST",
        "myst: {enable_extensions: [substitution]}",
        "{{ cycler.__init__.__globals__.os.popen('touch pwned').read() }}",
    ),
    ("settings for HTML", "myst: {enable_extensions: [html_image]}", "Text."),
    ("head", "html_meta: {refresh: pwned}", "Text."),
    ("orphan", "orphan: true", "Text."),
    ("substitutions", "substitutions: {a: pwned}", "{{ a }}"),
    ("fields", "tocdepth: 1", "Text."),
)
"""(What it is, a line of the front matter beside the record, prose that needs it.)"""

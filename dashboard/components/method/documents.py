"""The documents that the app shows: the method first, and the glossary and privacy notes where they are."""

from __future__ import annotations

import re
from pathlib import Path

from dashboard.components.icons import data_uri
from dashboard.context import link

FOLDER = Path(__file__).parents[3] / "docs"

#: Documents by file name without ending, in the order offered.
DOCUMENTS = {"method": "How every number is made", "glossary": "Glossary", "privacy": "Privacy"}

HEADING = re.compile(r"\A#\s+(?P<words>.+)\n+")

#: A picture that lies beside the documents.
PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>pictures/[a-z_/]+\.svg)\)")

MARKDOWN_LINK = re.compile(r"\]\((?P<name>[a-z_]+)\.md(#[^)]*)?\)")


def present() -> dict[str, str]:
    """Return the documents that are there: name and title."""
    return {name: title for name, title in DOCUMENTS.items() if (FOLDER / f"{name}.md").is_file()}


def read(name: str) -> tuple[str, str]:
    """Return a document's own heading and its text, with links between documents made links of the app.

    A link to a document that the app does not show leads to the method. Pictures are put into the text, since the
    app has no address for a file; one that is missing leaves its words.
    """
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    heading = HEADING.match(text)
    title = heading["words"].strip() if heading else DOCUMENTS[name]
    linked = MARKDOWN_LINK.sub(_to_app, text[heading.end() :] if heading else text)
    return title, PICTURE.sub(_inside, linked)


def _to_app(found: re.Match[str]) -> str:
    name = found["name"]
    return f"]({link('method', doc=name)})" if name in DOCUMENTS else "](method)"


def _inside(found: re.Match[str]) -> str:
    file = FOLDER / found["path"]
    if not file.is_file():
        return found["alt"]
    return f"![{found['alt']}]({data_uri(file.read_text(encoding='utf-8'))})"

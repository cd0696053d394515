"""The documents that the app shows: the method first, and the glossary and privacy notes where they are."""

from __future__ import annotations

import re
from pathlib import Path

from dashboard.context import link

FOLDER = Path(__file__).parent.parent.parent / "docs"

#: Documents by file name without ending, in the order offered.
DOCUMENTS = {"method": "How every number is made", "glossary": "Glossary", "privacy": "Privacy"}

HEADING = re.compile(r"\A#\s+(?P<words>.+)\n+")

MARKDOWN_LINK = re.compile(r"\]\((?P<name>[a-z_]+)\.md(#[^)]*)?\)")


def present() -> dict[str, str]:
    """Return the documents that are there: name and title."""
    return {name: title for name, title in DOCUMENTS.items() if (FOLDER / f"{name}.md").is_file()}


def read(name: str) -> tuple[str, str]:
    """Return a document's own heading and its text, with links between documents made links of the app.

    A link to a document that the app does not show becomes plain words, as it would lead nowhere.
    """
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    heading = HEADING.match(text)
    title = heading["words"].strip() if heading else DOCUMENTS[name]
    return title, MARKDOWN_LINK.sub(_to_app, text[heading.end() :] if heading else text)


def _to_app(found: re.Match[str]) -> str:
    name = found["name"]
    return f"]({link('method', doc=name)})" if name in DOCUMENTS else "](method)"

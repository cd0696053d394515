"""The written pack as one HTML document: the page that opens offline, and what the PDF is set from."""

from __future__ import annotations

import base64
import re
from functools import cache
from html import escape
from pathlib import Path

import streamlit

from dashboard.components.wording import day
from dashboard.exports import parts
from dashboard.exports.contents import Contents
from dashboard.exports.parts import Medium
from dashboard.theme import LIGHT

STYLES = Path(__file__).parent / "document.css"

LANGUAGE = "en-GB"

#: The face of the screens lies in the wheel of the server; its name carries a hash.
FACE = "static/static/media/SourceSansVF-Upright*.woff2"

#: A picture whose words stand beside it. On paper it becomes a ground, since every image of a tagged PDF must have words.
SILENT_IMAGE = re.compile(r'<img class="([\w -]+)" alt="" src="([^"]+)">')

MADE_UP = "Made-up data: places, groups and numbers are invented to show how this works."


def document_html(contents: Contents, medium: Medium) -> str:
    """Return the written pack.

    Parameters
    ----------
    contents
        What it tells.
    medium
        On paper pictures are images with their words as alternative text and numbers are left to points.csv; on a
        screen marks answer the pointer and the numbers are one click away.
    """
    title, body = escape(contents.title), _body(contents, medium)
    if medium is Medium.PAPER:
        body = SILENT_IMAGE.sub(r'<span class="\1" style="background-image:url(\2)"></span>', body)
    return (
        f'<!DOCTYPE html><html lang="{LANGUAGE}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="description" content="{escape(contents.headline)}">'
        '<meta name="author" content="Neighbourhood learning dashboard">'
        f"<style>{styles(medium)}</style></head><body>{body}</body></html>"
    )


def _body(contents: Contents, medium: Medium) -> str:
    badge = f'<p class="badge">{MADE_UP}</p>' if contents.made_up else ""
    sections = [
        ("wall", contents.headline, parts.wall_html(contents)),
        ("changes", contents.since_words, parts.changes_html(contents)),
        ("agreed", contents.agreed_words, parts.agreed_html(contents)),
    ]
    told = "".join(
        f'<section><h2 id="{name}">{escape(words)}</h2>{inside}</section>' for name, words, inside in sections
    )
    links = [(name, words) for name, words, _ in sections]
    links += [(f"place-{number}", place) for number, (place, _) in enumerate(contents.places(), start=1)]
    listed = "".join(f'<li><a href="#{name}">{escape(words)}</a></li>' for name, words in links)
    return (
        f"<header><h1>{escape(contents.title)}</h1>{badge}<p>{escape(contents.basis)} "
        f"News since {day(contents.since, year=True)}.</p></header>"
        f'<nav aria-label="Contents"><ul>{listed}<li><a href="#how">How to read a chart</a></li></ul></nav>'
        f"<main>{told}{parts.charts_html(contents, medium)}{_how()}</main>"
    )


def _how() -> str:
    return f'<section><h2 id="how">How to read a chart</h2>{parts.key_html()}</section>'


@cache
def styles(medium: Medium) -> str:
    """Return the styles with the face inside them, so that nothing is fetched."""
    fonts = sorted(Path(str(streamlit.__file__)).parent.glob(FACE))
    face = "".join(
        '@font-face{font-family:"Source Sans";font-weight:200 900;src:url(data:font/woff2;base64,'
        f"{base64.b64encode(path.read_bytes()).decode()})}}"
        for path in fonts[:1]
    )
    css = STYLES.read_text(encoding="utf-8")
    kept = css.partition("/* paper */")[0] if medium is Medium.SCREEN else css
    return f"{face}:root{{{LIGHT.css_variables()}}}{kept}"

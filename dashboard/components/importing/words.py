"""What was understood of a file, as plain sentences. Knows no Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.components.plain_text import shown
from dashboard.components.wording import capital, count
from pipelines.understanding import ROLES, Ask, ColumnGuess, Proposal, Role, SheetGuess

FORMS = {
    "google forms": "an export of Google Forms",
    "microsoft forms": "an export of Microsoft Forms",
    "kobo": "an export of KoboToolbox",
    "odk": "an export of ODK",
}

#: Roles of columns that are never kept.
LEFT_OUT = (Role.PERSONAL, Role.NOTE, Role.LEAVE_OUT)

#: Names told one by one in a sentence; of more, how many others there are.
MOST_NAMES = 5

AMOUNTS = {"count": "a count", "measurement": "a measurement", "share": "a share, %", "score": "a score"}
PARTS = {"first": "first of two numbers", "second": "second of two numbers"}


def names(words: Iterable[str], most: int = MOST_NAMES) -> str:
    """Return names in a row: ``Date, When and Day``; of many, the first and how many others there are."""
    each = [shown(word) for word in dict.fromkeys(words)]
    if len(each) > most:
        each = [*each[: most - 1], f"{count(len(each) - most + 1)} others"]
    return " and ".join(part for part in (", ".join(each[:-1]), *each[-1:]) if part)


def ask_words(ask: Ask) -> str:
    """Return what the cells of a column are said to hold: ``kg``, ``a count of people``, ``a score out of 5``."""
    words = AMOUNTS.get(ask.amount, ask.amount)
    if ask.amount == "score" and ask.out_of:
        words = f"a score out of {ask.out_of:g}"
    elif ask.unit and ask.amount == "count":
        words = f"a count of {ask.unit}"
    elif ask.unit and ask.amount == "measurement":
        words = ask.unit
    return ", ".join(part for part in (words, PARTS.get(ask.part or "", "")) if part)


def n_records(sheets: Iterable[SheetGuess]) -> int:
    """Return how many records stand below the headings of the sheets that are read."""
    return sum(sheet.n_rows for sheet in sheets if sheet.is_read)


def headline(name: str, proposal: Proposal) -> str:
    """Return the sentence over the wizard: how much is in the file, and what is counted."""
    read = [sheet for sheet in proposal.sheets if sheet.is_read]
    rows = n_records(read)
    where = f" on {count(len(read))} sheets" if len(read) > 1 else ""
    items = len(proposal.mapping.items)
    things = f"{count(items)} {'thing' if items == 1 else 'things'} counted" if items else "nothing to count"
    return f"{shown(name, 60)}: {rows:,} {'row' if rows == 1 else 'rows'}{where}, {things}."


def sentences(proposal: Proposal, columns: Sequence[ColumnGuess]) -> list[str]:
    """Return what was understood, a sentence each: kind of file, dates, what is counted, what is left out."""
    told = []
    if proposal.matches:
        told.append(
            f"Its headings are those of {shown(proposal.matches)}, kept before; it is read in the same way."
        )
    elif proposal.form:
        told.append(f"This looks like {FORMS.get(proposal.form, shown(proposal.form))}.")
    told += [_dated(columns), *_counted(columns), *_texts(columns), *_left_out(columns)]
    return [sentence for sentence in [*told, *(shown(note, 300) for note in proposal.notes)] if sentence]


def _headings(columns: Iterable[ColumnGuess], *roles: Role) -> list[str]:
    return list(dict.fromkeys(guess.heading for guess in columns if guess.role in roles))


def _dated(columns: Sequence[ColumnGuess]) -> str:
    dates = _headings(columns, Role.TESTED_ON)
    if not dates:
        return "No column says on which day a test took place. Choose it below; without it nothing can be charted."
    return f"A row counts on the day under {_quoted(dates)}."


def _counted(columns: Sequence[ColumnGuess]) -> list[str]:
    items = list(dict.fromkeys(guess.item for guess in columns if guess.role == Role.ITEM and guess.item))
    if not items:
        return ["No column holds a number to count. Choose at least one below."]
    many = capital(count(len(items)))
    return [f"{many} {'thing is' if len(items) == 1 else 'things are'} counted: {names(items)}."]


def _texts(columns: Sequence[ColumnGuess]) -> list[str]:
    places = _headings(columns, Role.PLACE, Role.MEMBER)
    senders = _headings(columns, Role.SENDER)
    told = [f"Who or where stands under {_quoted(places)}."] if places else []
    if senders:
        told.append(f"{_quoted(senders)} is compared to find doubles, and never kept.")
    return told


def _left_out(columns: Sequence[ColumnGuess]) -> list[str]:
    left = _headings(columns, *LEFT_OUT)
    personal = _headings(columns, Role.PERSONAL)
    if not left:
        return []
    why = f" {_quoted(personal)} may name people." if personal else ""
    return [f"Left out: {_quoted(left)}.{why}"]


def _quoted(headings: Sequence[str]) -> str:
    return names(f"“{shown(heading, 40)}”" for heading in headings)


MEANING_HEADINGS = ("What it is", "Measured in", "Columns")


def meanings(columns: Sequence[ColumnGuess]) -> list[tuple[str, str, str]]:
    """Return what the file holds, a row a meaning: what it is, what it is measured in, which columns say it.

    Columns that are left out are not among them.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for guess in columns:
        if guess.role in LEFT_OUT:
            continue
        what = ROLES[guess.role] if guess.role != Role.ITEM else str(guess.item)
        unit = ask_words(guess.ask) if guess.role == Role.ITEM and not guess.option else ""
        option = f": “{shown(guess.option, 30)}”" if guess.option else ""
        found.setdefault((what, unit), []).append(f"{shown(guess.heading, 40)}{option}")
    return [(what, unit, names(headings, 8)) for (what, unit), headings in found.items()]


def unsure(columns: Iterable[ColumnGuess]) -> int:
    """Return how many columns a person should look at."""
    return sum(not guess.is_sure for guess in columns)


def look_words(n_unsure: int) -> str:
    """Return what to do about columns that nobody can be sure of."""
    if not n_unsure:
        return "Every column was understood. Open a list to see examples and reasons, and to change what is wrong."
    noun = "column is a guess" if n_unsure == 1 else "columns are guesses"
    return f"{capital(count(n_unsure))} {noun}: look at {'it' if n_unsure == 1 else 'them'} first."

"""Opens a page of the real app on a mart of a given state, and reads what it says."""

from __future__ import annotations

import html as htmllib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[3] / "streamlit_app.py"


@dataclass(frozen=True)
class Told:
    """What a page says: its HTML without styles, and the same as plain words."""

    html: str

    @property
    def plain(self) -> str:
        """The words alone, with single spaces."""
        return re.sub(r"\s+", " ", htmllib.unescape(re.sub(r"<[^>]+>", " ", self.html))).strip()

    @property
    def titles(self) -> list[str]:
        """The domains at the charts' titles, in order."""
        return re.findall(r'class="card-title"><b>(\w+)</b>', self.html)


@pytest.fixture
def open_page(app_marts: Callable[[str], Path]) -> Callable[..., tuple[AppTest, Told]]:
    """Return an opener: state of the mart, page, choices in the address -> the run app and what it says."""

    def open_(state: str, page: str, **choices: str) -> tuple[AppTest, Told]:
        app_marts(state)
        app = AppTest.from_file(str(APP), default_timeout=30)
        for name, value in choices.items():
            app.query_params[name] = value
        app.switch_page(f"dashboard/pages/{page}.py").run()
        assert not app.exception, [problem.message for problem in app.exception]
        parts = [part.proto.body for part in app.get("html") if "<style>" not in part.proto.body]
        return app, Told("\n".join(parts))

    return open_

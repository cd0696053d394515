"""What `make oracle` prints."""

from __future__ import annotations

import pytest

from tests.oracle.__main__ import main
from tests.oracle.golden import CHARTS, FUNNELS, listed_cases


@pytest.mark.slow
def test_the_table_has_a_row_a_chart_and_a_line_a_listed_case(capsys):
    assert main() == 0
    printed = capsys.readouterr().out.splitlines()
    first_words = [line.split()[0] for line in printed if line.strip()]
    assert [word for word in first_words if word in (*CHARTS, *FUNNELS, "all")] == [*CHARTS, *FUNNELS, "all"]
    assert listed_cases() <= set(first_words)
    assert "Nothing else differs." in printed

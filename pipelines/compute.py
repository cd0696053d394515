"""Observations to the computed rows of one audience's mart: charted, judged, worded."""

from __future__ import annotations

from pipelines.cascade import note_rows
from pipelines.charted import Progress, charts_of
from pipelines.disclosure import PROFILES
from pipelines.inputs import Inputs
from pipelines.judged import judged_cycles
from pipelines.memory import Forgetful, Memory, name_of
from pipelines.news import news_rows
from pipelines.recorded import Computed, recorded_tables
from pipelines.rows import Row, Rows, as_tables
from pipelines.served import funnel_rows, group_counts, served_rows
from pipelines.shown import Shown
from pipelines.themes import theme_rows
from pipelines.vocabulary import Audience
from pipelines.words.served import least_served


def computed_rows(
    shown: Shown, inputs: Inputs, memory: Memory | None = None, progress: Progress | None = None
) -> Rows:
    """Chart every series shown, judge every cycle on them, and put what people entered beside it.

    Parameters
    ----------
    shown
        What the audience may see.
    inputs
        What was read.
    memory
        What it knows already is not computed again.
    progress
        Told (what, done, of) after each chart.
    """
    memory = memory or Forgetful()
    charted = charts_of(shown, inputs, memory, progress)
    charts = charted.charts
    cycles, opinions = judged_cycles(charted, shown, inputs, memory)
    measures = {measure.measure_id: measure for measure in inputs.measures}
    summaries = [chart.summary for chart in charts.values()]
    notes = {record_id: why for chart in charts.values() for record_id, why in chart.notes.items()}
    computed = Computed(shown.audience, summaries, cycles, shown.data_until, notes)
    others = recorded_tables(inputs.together, inputs.records, measures, computed, memory)
    others |= news_rows(charted, cycles, others, inputs, shown.data_until, memory)
    places = inputs.checked.prototypes, inputs.checked.neighbourhoods
    others |= _served(shown.audience, inputs, memory)
    least = least_served(others["served_group"])
    others |= theme_rows(charts.values(), measures, *places, shown.data_until, least)
    others |= funnel_rows(others["theme_step"], [place.neighbourhood_id for place in places[1]])
    others |= note_rows(charts.values(), measures, *places)
    return Rows(*as_tables(shown, charted, memory), charts, cycles, opinions, others)


def _served(audience: Audience, inputs: Inputs, memory: Memory) -> dict[str, list[Row]]:
    """Return how groups of people are served, as an audience may see it."""
    profile = PROFILES["none"] if audience == Audience.TRUE else inputs.profile
    places = [place.neighbourhood_id for place in inputs.checked.neighbourhoods]
    counts = memory.recall(
        ("group counts", inputs.files_key), lambda: group_counts(inputs.checked.cascade, places)
    )
    ledger = inputs.ledger if audience == Audience.SHARED else None

    def name() -> str:
        told = [] if ledger is None else ledger.told_of(counts.cells)
        return name_of("served", inputs.files_key, profile, told)

    if name() not in memory:
        rows = served_rows(counts, profile, ledger)
        # By what the ledger holds afterwards: released again, it is all the same and nothing more is entered.
        memory.keep(name(), rows)
    return memory.known(name())

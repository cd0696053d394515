"""What the columns of a log mean: a small TOML file beside it that a person can edit.

``test_logs/<name>.toml`` beside ``test_logs/<name>.csv`` (or .xlsx, .ods ...). Keys: neighbourhood_id and
prototype_id (ids, where the whole file belongs to one), form, dates, dates_carry_down; tested_on, submitted_at,
sender, place, place_type, cycle_no, source, member (headings); [columns] for neighbourhood_id and prototype_id where
they are columns; [items] (item = heading, or a table), [ticked] (item = { heading, option }) and [sheets."name"].
A heading that occurs several times is written ``Comments#2`` for its second place; several headings for one column
are written as a list, and the first that a sheet has is read.
"""

from pipelines.sources.logs.mapping.fitting import find_places, fit
from pipelines.sources.logs.mapping.reading import read_mapping
from pipelines.sources.logs.mapping.types import (
    COLUMNS,
    DATES,
    FORMS,
    ID_COLUMNS,
    ItemSpec,
    Mapping,
    SheetMapping,
)
from pipelines.sources.logs.mapping.writing import write_mapping

__all__ = [
    "COLUMNS",
    "DATES",
    "FORMS",
    "ID_COLUMNS",
    "ItemSpec",
    "Mapping",
    "SheetMapping",
    "find_places",
    "fit",
    "read_mapping",
    "write_mapping",
]

"""Pack: the document, slides, tables and offline page for the minutes, made by one button."""

from __future__ import annotations

from dashboard.components import frame
from dashboard.components.pack import page as pack_page

frame.show(pack_page.show, "Pack")

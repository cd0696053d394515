"""Data: what was loaded, what was refused and why, where every number comes from; and the way in for new files."""

from __future__ import annotations

from dashboard.components import frame
from dashboard.components.data import page as sources_page
from dashboard.components.data import view as data_view
from dashboard.components.importing import keep as import_keep
from dashboard.components.importing import page as import_page
from dashboard.components.importing import state as import_state


def body(page: frame.Frame) -> None:
    """Draw the wizard for the file in hand; without one, the upload box and the report of what is loaded."""
    source = import_state.source()
    if source is not None:
        import_page.show(page, source)
        return
    loads, faults = page.store.loads(), page.store.rejected_rows()
    page.title(data_view.headline(loads, faults), above="What was loaded, what was refused, and why")
    import_keep.tell(page.store)
    import_page.upload_box()
    sources_page.show(page)


frame.show(body, "Data", needs_rows=False)

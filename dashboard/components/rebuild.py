"""Building the charts again after a person has changed what they are made of: the one component that builds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard import context
from pipelines.errors import Fault, FaultyInputError, LearningError

WORDS = "The charts are being made again"

#: Two readers who keep something at the same moment build one after the other.
_ONE_AT_A_TIME = threading.Lock()


def build_again() -> tuple[Fault, ...]:
    """Build both marts from the data folder and show how far it is; the next rerun reads the new ones.

    Returns
    -------
    tuple
        Why nothing could be built; empty where it was. The charts in use then stay as they were.
    """
    # The statistics take seconds to import, so only a build asks for them.
    from pipelines.build import build

    line = st.progress(0.0, WORDS)

    def told(what: str, done: int, of: int) -> None:
        line.progress(min(done / max(of, 1), 1.0), f"{WORDS}: {what}")

    try:
        return _faults_of(lambda: build(context.data_folder(), context.marts_folder(), told))
    finally:
        line.empty()


def refresh() -> tuple[Fault, ...]:
    """Make the charts again that depend on what was entered; shows nothing.

    Returns
    -------
    tuple
        As of `build_again`.
    """
    from pipelines import build

    return _faults_of(lambda: build.refresh(context.data_folder(), context.marts_folder()))


@st.cache_resource(show_spinner=False)
def warm() -> threading.Thread:
    """Make everything that a build makes once beside the first page that takes entries, once a server; nothing is published.

    What a build imports and remembers takes seconds the first time; a save that follows makes only what it touches.
    """
    thread = threading.Thread(target=_warm, args=(context.data_folder(),), name="warm", daemon=True)
    thread.start()
    return thread


def _warm(data: Path) -> None:
    from pipelines import build

    try:
        build.warm(data)
    except (LearningError, OSError):
        logging.getLogger(__name__).info("Nothing could be built ahead; the first save will say why.")


def _faults_of(make: Callable[[], object]) -> tuple[Fault, ...]:
    try:
        with _ONE_AT_A_TIME:
            make()
    except FaultyInputError as error:
        return error.faults
    except LearningError as error:
        return (Fault("the charts", None, None, str(error)),)
    return ()

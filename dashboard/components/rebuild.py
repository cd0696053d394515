"""Building the charts again after a person has changed what they are made of: the one component that builds."""

from __future__ import annotations

import threading

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
        with _ONE_AT_A_TIME:
            build(context.data_folder(), context.marts_folder(), told)
    except FaultyInputError as error:
        return error.faults
    except LearningError as error:
        return (Fault("the charts", None, None, str(error)),)
    finally:
        line.empty()
    return ()

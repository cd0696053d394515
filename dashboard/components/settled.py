"""What stays is set aside, so that it is not looked through again after every page.

Streamlit collects garbage after each run of a page, and a collection looks at every object there is: about half a million that
the libraries made when they were imported, and what is kept of pages and answers. They took 0.15 s a page and more, several
times what the page took, and nobody else was served meanwhile.
"""

from __future__ import annotations

import atexit
import gc
import sys
import threading
import time

#: Seconds that a look through everything may take; where one took longer, more has come to stay.
LONG = 0.02

#: Seconds between two settings aside for that reason, as each looks through all that was set aside before.
APART = 2.0

_LOCK = threading.Lock()
_modules = 0
_began = 0.0
_took = 0.0
_last = -APART


def set_aside() -> bool:
    """Set aside what is there, where something was imported or a look through took long; return whether it was so.

    Garbage is collected before, also among what had been set aside, so that none is kept for good.
    """
    global _modules, _last, _took
    with _LOCK:
        now, modules = time.monotonic(), len(sys.modules)
        if modules == _modules and (_took < LONG or now - _last < APART):
            return False
        _modules = modules
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _last, _took = time.monotonic(), 0.0
        # At the end everything is looked at again: libraries that count what they made would call it leaked.
        atexit.unregister(gc.unfreeze)
        atexit.register(gc.unfreeze)
        return True


def _watch(phase: str, told: dict[str, int]) -> None:
    """Note how long a look through everything takes."""
    global _began, _took
    if told["generation"] < 2:
        return
    if phase == "start":
        _began = time.perf_counter()
    else:
        _took = time.perf_counter() - _began


gc.callbacks.append(_watch)

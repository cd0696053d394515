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

#: Seconds after a page until what stays is set aside: by then it is on its way to its reader.
SOON = 0.25

_LOCK = threading.Lock()
_soon: threading.Timer | None = None
_modules = 0
_began = 0.0
_took = 0.0
_last = -APART


def set_aside_soon() -> bool:
    """Set aside what is there in a moment, where it is due, so that the page just made does not wait for it.

    Returns
    -------
    bool
        Whether it was due, and not yet on its way.
    """
    global _soon
    with _LOCK:
        if not _is_due() or (_soon is not None and _soon.is_alive()):
            return False
        _soon = threading.Timer(SOON, set_aside)
        _soon.daemon = True
        _soon.start()
        return True


def set_aside() -> bool:
    """Set aside what is there, where something was imported or a look through took long; return whether it was so.

    Garbage is collected before, also among what had been set aside, so that none is kept for good.
    """
    global _modules, _last, _took
    with _LOCK:
        if not _is_due():
            return False
        _modules = len(sys.modules)
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _last, _took = time.monotonic(), 0.0
        # At the end everything is looked at again: libraries that count what they made would call it leaked.
        atexit.unregister(gc.unfreeze)
        atexit.register(gc.unfreeze)
        return True


def _is_due() -> bool:
    return len(sys.modules) != _modules or (_took >= LONG and time.monotonic() - _last >= APART)


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

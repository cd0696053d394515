"""What the process has imported is set aside, so that it is not looked through again after every page.

Streamlit collects garbage after each run of a page, and a collection looks at every object there is: about half a million that
the libraries made when they were imported and that stay. They took 0.15 s a page, several times what the page took.
"""

from __future__ import annotations

import atexit
import gc
import sys
import threading

_LOCK = threading.Lock()
_modules = 0


def set_aside() -> bool:
    """Set aside what is there, where something was imported since the last time; return whether it was so.

    Garbage is collected before, so that none is kept for good.
    """
    global _modules
    with _LOCK:
        if len(sys.modules) == _modules:
            return False
        _modules = len(sys.modules)
        gc.collect()
        gc.freeze()
        # At the end everything is looked at again: libraries that count what they made would call it leaked.
        atexit.unregister(gc.unfreeze)
        atexit.register(gc.unfreeze)
        return True

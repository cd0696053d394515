"""Public data by address, only when a person asks: fetched once, kept with its record, read from the cache afterwards.

Nothing here is used by a build. What was fetched lies in `localities/cache` of the data folder beside a record of
address, time and SHA-256, and is read from there like any other published file, without a network.
"""

from pipelines.fetch.addresses import Wanted, cvdprevent, fingertips, ons, plain, qof
from pipelines.fetch.cache import CACHED, Fetched, fetch
from pipelines.fetch.download import FetchError, Limits

__all__ = [
    "CACHED", "FetchError", "Fetched", "Limits", "Wanted", "cvdprevent", "fetch", "fingertips", "ons", "plain", "qof",
]  # fmt: skip

"""What keeps an upload from being kept."""

from __future__ import annotations

from pipelines.errors import LearningError


class UploadError(LearningError):
    """An upload that cannot be kept as it is; the message says how to mend it."""

"""What is not yet there, by the build's own functions: an upload before it is kept, a cycle before it begins.

Nothing here is published. Statistics take seconds to import, so what needs them is asked for by its own module.
"""

from pipelines.preview.upload import NEW_NEIGHBOURHOOD, Preview, preview

__all__ = ["NEW_NEIGHBOURHOOD", "Preview", "preview"]

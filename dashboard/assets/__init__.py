"""What the browser is given: styles, scripts and pictures; this module says where they lie."""

from pathlib import Path

ASSETS = Path(__file__).parent

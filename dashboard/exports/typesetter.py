"""Sets the page that it reads as a PDF of variant PDF/UA-1: `python -m dashboard.exports.typesetter IDENTIFIER < page > pdf`."""

from __future__ import annotations

import sys

#: How it ends where the machine lacks the library that sets text.
NO_LIBRARY = 3


def main() -> int:
    """Read a page, write its PDF, and return how it went."""
    try:
        from weasyprint import (  # here: it loads libraries of the system, which may not be there
            HTML,
            URLFetcher,
        )
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return NO_LIBRARY
    # What stands in the document itself may be read; asking for anything else ends the making.
    nothing_from_outside = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=nothing_from_outside)
    identifier = sys.argv[1].encode()
    made = page.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier)
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())

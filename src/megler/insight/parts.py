"""One address serves the page, and to htmx the part of it that changes."""

from django.http import HttpRequest


def part_or_page(request: HttpRequest, part: str, page: str) -> str:
    """The template to answer with; a page restored from the browser's history is asked for whole."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return part if htmx and not htmx.history_restore_request else page

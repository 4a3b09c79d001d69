"""Answers that carry a document. The page that asks has checked who may see it."""

import io

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import http_date

from megler.documents.actions import preview_png
from megler.documents.models import Document


def document_answer(
    request: HttpRequest, document: Document, download: bool = False
) -> HttpResponseBase:
    """The file itself, to be shown by the browser or saved."""
    response = FileResponse(
        io.BytesIO(document.read()),
        as_attachment=download,
        filename=document.name,
        content_type=document.content_type,
    )
    response.headers["Last-Modified"] = http_date(document.created_at.timestamp())
    return _as_it_is(response)


def preview_answer(request: HttpRequest, document: Document, page: int, width: int) -> HttpResponse:
    """A picture of a page."""
    response = HttpResponse(preview_png(document, page, width), content_type="image/png")
    _as_it_is(response)
    return response


def _as_it_is(response: HttpResponseBase) -> HttpResponseBase:
    """Never taken for another kind by the browser, nor kept by it after the person has left."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response

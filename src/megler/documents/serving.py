"""Answers that carry a document. The page that asks has checked who may see it."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import http_date, quote_etag

from megler.documents.actions import preview_png
from megler.documents.models import Document

_PRIVATE_SECONDS = 86_400


def _kept_by_browser(response: HttpResponseBase, etag: str) -> None:
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=_PRIVATE_SECONDS)


def document_answer(
    request: HttpRequest, document: Document, download: bool = False
) -> HttpResponseBase:
    """The file itself, to be shown by the browser or saved."""
    etag = quote_etag(document.sha256)
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304)
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=download,
        filename=document.name,
        content_type=document.content_type,
    )
    response.headers["Last-Modified"] = http_date(document.created_at.timestamp())
    _kept_by_browser(response, etag)
    return response


def preview_answer(request: HttpRequest, document: Document, page: int, width: int) -> HttpResponse:
    """A picture of a page; the browser keeps it, since documents never change."""
    etag = quote_etag(f"{document.sha256}-{page}-{width}")
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304)
    response = HttpResponse(preview_png(document, page, width), content_type="image/png")
    _kept_by_browser(response, etag)
    return response

"""Carriers' files for programs: sending one, and what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.feeds.actions.receiving import receive_file
from megler.feeds.models import FeedFile, FeedSource
from megler.feeds.pages.shown import problems_of
from megler.ui.problems import sentence

router = Router(tags=["feeds"])
CHANGES_SHOWN = 500


class SourceListed(Schema):
    """A source: its short name, carrier and form."""

    slug: str
    name: str
    carrier: str
    format: str
    is_active: bool


class Sources(Schema):
    """Every source."""

    sources: list[SourceListed]


class FileIn(Schema):
    """As of when the file speaks, where neither it nor its name says so."""

    as_of: datetime | None = None


class ProblemTold(Schema):
    """Something not understood, or that differs from the layout learned."""

    code: str
    where: str
    found: str
    expected: str
    text: str


class ChangeTold(Schema):
    """A difference: of which case, what, from what to what, and what became of it."""

    id: UUID
    case: str
    told: str
    kind: str
    before: str
    after: str
    state: str
    why: list[str]


class FileTold(Schema):
    """A file: where it is, its records by what became of them, and what it changed.

    At most 500 differences are listed; `counts` has all.
    """

    id: UUID
    name: str
    source: str
    state: str
    is_new: bool
    as_of: datetime | None
    records: int
    counts: dict[str, int]
    problems: list[ProblemTold]
    changes: list[ChangeTold]


@router.get("/feeds", auth=api_door(Can.WORK_CASES), response=Sources, summary="Sources of files")
def feeds(request: HttpRequest) -> HttpResponse:
    """From where carriers' words come."""
    person = api_needs(request, Can.WORK_CASES)
    found = FeedSource.objects.visible_to(person).select_related("carrier")
    listed = [
        {
            "slug": one.slug,
            "name": one.name,
            "carrier": one.carrier.slug,
            "format": one.format,
            "is_active": one.is_active,
        }
        for one in found
    ]
    return _json({"sources": listed})


@router.post(
    "/feeds/{source}/files",
    auth=api_door(Can.WORK_CASES),
    response={200: FileTold, 202: FileTold},
    summary="Send a carrier's file",
)
def send_file(
    request: HttpRequest, source: str, given: Form[FileIn], file: File[UploadedFile]
) -> HttpResponse:
    """202: taken, and being read; ask for it. 200: the same content came before, and this is it."""
    person = api_needs(request, Can.WORK_CASES)
    found = _source(person, source)
    done = receive_file(person, found, str(file.name or "file"), file, as_of=given.as_of)
    told = _told(done.file, is_new=done.is_new)
    return HttpResponse(
        encode(told), content_type="application/json", status=202 if done.is_new else 200
    )


@router.get(
    "/feeds/{source}/files/{feed_file_id}",
    auth=api_door(Can.WORK_CASES),
    response=FileTold,
    summary="What became of a carrier's file",
)
def file_told(request: HttpRequest, source: str, feed_file_id: UUID) -> HttpResponse:
    """Its records by what became of them, what was not understood, and what it changed."""
    person = api_needs(request, Can.WORK_CASES)
    files = FeedFile.objects.visible_to(person).filter(source=_source(person, source))
    found = files.filter(pk=feed_file_id).first()
    if found is None:
        raise Http404
    return _json(_told(found, is_new=False))


def _source(person: User, slug: str) -> FeedSource:
    found = FeedSource.objects.visible_to(person).select_related("carrier").filter(slug=slug)
    if one := found.first():
        return one
    raise Http404


def _told(file: FeedFile, *, is_new: bool) -> dict[str, Any]:
    changes = file.changes.select_related("case").order_by("seq")[:CHANGES_SHOWN]
    return {
        "id": file.pk,
        "name": file.name,
        "source": file.source.slug,
        "state": file.state,
        "is_new": is_new,
        "as_of": file.as_of,
        "records": file.records,
        "counts": file.counts,
        "problems": [
            {
                "code": p.code,
                "where": p.where,
                "found": p.found,
                "expected": p.expected,
                "text": sentence(p),
            }
            for p in problems_of(file.told)
        ],
        "changes": [
            {
                "id": one.pk,
                "case": one.case.reference,
                "told": one.told,
                "kind": one.kind,
                "before": one.before,
                "after": one.after,
                "state": one.state,
                "why": [why["code"] for why in one.why],
            }
            for one in changes
        ],
    }


def _json(document: object) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json")

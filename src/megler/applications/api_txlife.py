"""TXLife messages for programs."""

from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.applications.actions.exporting import export
from megler.applications.actions.importing import Choice, Imported, import_message, problems_of
from megler.applications.models import Application
from megler.applications.models_messages import MessageDialect
from megler.exchange.txlife.safe import LIMITS
from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem, Refused

router = Router(tags=["applications"])
_XML = {"responses": {200: {"content": {"application/xml": {"schema": {"type": "string"}}}}}}


class ImportIn(Schema):
    """Beside the message: the agent's number and `carrier/product` where the message's are not known
    here; `again` takes a message though its application may be here already."""

    agent_npn: Annotated[str, Field(max_length=10)] = ""
    product: Annotated[str, Field(max_length=130)] = ""
    again: bool = False


class NotUnderstood(Schema):
    """Something in the message that no question took."""

    path: str
    line: int
    text: str


class ImportProblem(Schema):
    """What could not be read of the message."""

    code: str
    where: str
    found: str
    expected: str
    severity: str
    text: str


class ImportedOut(Schema):
    """The draft made of a message, and what of the message is not in it."""

    id: UUID
    number: str
    message: UUID
    filled_in: int
    files: int
    possible_doubles: list[str]
    not_understood: list[NotUnderstood]
    not_understood_more: int
    problems: list[ImportProblem]


@router.post(
    "/applications/import",
    auth=api_door(Can.APPLY),
    response={201: ImportedOut},
    summary="Make a draft application of a TXLife 103",
)
def imported(request: HttpRequest, given: Form[ImportIn], file: File[UploadedFile]) -> HttpResponse:
    """Multipart; answers 201, or 422 with everything that is wrong with the message."""
    person = api_needs(request, Can.APPLY)
    size = int(file.size or 0)
    if size > LIMITS.message_bytes:
        most = f"at most {LIMITS.message_bytes:,} bytes"
        raise Refused(Problem("txlife_too_large", "message", f"{size:,} bytes", most))
    choice = Choice(given.agent_npn, given.product, given.again)
    done = import_message(person, str(file.name), file.read(), choice)
    return HttpResponse(encode(_told(done)), content_type="application/json", status=201)


def _told(done: Imported) -> dict[str, Any]:
    return {
        "id": str(done.application.pk),
        "number": done.application.reference,
        "message": str(done.message.pk),
        "filled_in": done.message.filled_in,
        "files": done.message.files.count(),
        "possible_doubles": [one.reference for one in done.doubles],
        "not_understood": done.message.left,
        "not_understood_more": done.message.left_more,
        "problems": [
            {
                "code": one.code,
                "where": one.where,
                "found": one.found,
                "expected": one.expected,
                "severity": one.severity.value,
                "text": sentence(one),
            }
            for one in problems_of(done.message)
        ],
    }


@router.get(
    "/applications/{application_id}/txlife",
    auth=api_door(Can.APPLY),
    openapi_extra=_XML,
    summary="The TXLife 103 of an application",
)
def txlife(request: HttpRequest, application_id: UUID, dialect: str = "") -> HttpResponse:
    """Everything kept of it; with the name of a partner's `dialect` what that partner is to see."""
    person = api_needs(request, Can.APPLY)
    held = Application.objects.visible_to(person).filter(pk=application_id).first()
    if held is None:
        raise Http404
    wanted = MessageDialect.objects.named(dialect) if dialect else None
    return HttpResponse(export(person, held, wanted), content_type="application/xml")

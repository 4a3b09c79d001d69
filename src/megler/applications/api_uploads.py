"""Scrubbing for programs: what is not in good order with a finished application."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.applications.actions.scrubbing import Scrubbed, scrub
from megler.documents.actions import Sent
from megler.forms.rules.questionnaire import MASKED
from megler.forms.rules.shown import shown_answer
from megler.licensing.actions import agent_by_npn
from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem

router = Router(tags=["applications"])

READ_ONLY = {"/applications/scrub"}
"""Asked by POST, but keeps nothing of what is sent: needs no Idempotency-Key."""


class ForAgent(Schema):
    """In whose name: an agent's own where nothing is given."""

    agent_npn: str = ""


class FormFound(Schema):
    """A form among the pages; `signed` says of each role `signed`, `empty` or `unjudged`."""

    form: str
    name: str
    number: str
    edition: str
    edition_in_use: str
    stale: bool
    pages: int
    at: dict[int, int]
    missing: list[int]
    doubled: list[int]
    turned: list[int]
    read: bool
    signed: dict[str, str]


class Said(Schema):
    """Something wrong, or left to the eye, in codes and in words."""

    code: str
    where: str
    found: str
    expected: str
    severity: str
    text: str


class ScrubbedOut(Schema):
    """What is known of the file; `in_good_order` is false while anything stops it."""

    in_good_order: bool
    name: str
    pages: int
    removed: list[str]
    form_set: str | None
    carrier: str | None
    product: str | None
    forms: list[FormFound]
    blank: list[int]
    not_in_good_order: list[Said]
    not_judged: list[Said]
    answers: dict[str, Any]


@router.post(
    "/applications/scrub",
    auth=api_door(Can.APPLY),
    response=ScrubbedOut,
    summary="What is not in good order with a finished application",
)
def scrubbed(
    request: HttpRequest, given: Form[ForAgent], files: File[list[UploadedFile]]
) -> HttpResponse:
    """Multipart: one PDF, or photos of its pages. Nothing of it is kept; 422 when it cannot be read."""
    person = api_needs(request, Can.APPLY)
    agent = agent_by_npn(person, given.agent_npn)
    found = scrub(person, [Sent(one.name or "", one) for one in files], agent)
    return HttpResponse(encode(_told(found)), content_type="application/json")


def _told(found: Scrubbed) -> dict[str, Any]:
    wrong = [*found.pages_wrong, *found.unsigned, *found.differ]
    wrong += [one.problem for one in found.answers_wrong]
    recognition = found.opened.recognition if found.opened else None
    return {
        "in_good_order": found.is_in_order,
        "name": found.examined.name,
        "pages": found.examined.taken.pages,
        "removed": list(found.examined.taken.removed),
        "form_set": found.known.reference if found.known else None,
        "carrier": found.known.carrier if found.known else None,
        "product": found.product.code if found.product else None,
        "forms": _forms(found),
        "blank": list(recognition.blank) if recognition else [],
        "not_in_good_order": [_said(one) for one in wrong],
        "not_judged": [_said(one) for one in found.by_eye],
        "answers": _answers(found),
    }


def _forms(found: Scrubbed) -> list[dict[str, Any]]:
    if found.opened is None:
        return []
    return [
        {
            "form": one.piece.key,
            "name": one.form.spec.name,
            "number": one.piece.number,
            "edition": one.piece.edition,
            "edition_in_use": one.piece.known,
            "stale": one.piece.is_stale,
            "pages": one.piece.pages,
            "at": {str(page): place for page, place in one.piece.at.items()},
            "missing": list(one.piece.missing),
            "doubled": list(one.piece.doubled),
            "turned": list(one.piece.turned),
            "read": one.is_read,
            "signed": {role: shows.value for role, shows in one.signed.items()},
        }
        for one in found.opened.pieces
    ]


def _answers(found: Scrubbed) -> dict[str, Any]:
    """What was read, by question; secret numbers masked, as everywhere."""
    if found.application is None:
        return {}
    by_key = found.application.questionnaire.by_key
    return {
        key: shown_answer(by_key[key], kept["value"])
        if by_key[key].type in MASKED
        else kept["value"]
        for key, kept in found.application.answers.items()
        if kept["value"] is not None
    }


def _said(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "where": problem.where,
        "found": problem.found,
        "expected": problem.expected,
        "severity": problem.severity.value,
        "text": sentence(problem),
    }

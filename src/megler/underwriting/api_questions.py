"""Questions in plain words for programs."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from msgspec.json import encode
from ninja import Field, Router, Schema

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.underwriting.actions.questions import questions_answer
from megler.vocabulary.numbers import FIRST_DAY, LAST_DAY

router = Router(tags=["underwriting"])

READ_ONLY = {"/questions"}
"""Asked by POST, but changes nothing: needs no Idempotency-Key."""

_ANSWER = {"responses": {200: {"content": {"application/json": {"schema": {"type": "object"}}}}}}


class Asked(Schema):
    """A question in plain words."""

    question: Annotated[str, Field(min_length=1, max_length=2000)]


@router.post(
    "/questions",
    auth=api_door(Can.QUOTE),
    openapi_extra=_ANSWER,
    summary="Answer a question in plain words from the guides",
)
def questions(
    request: HttpRequest,
    asked: Asked,
    on: Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)] | None = None,
) -> HttpResponse:
    """What was understood, the answer with its sources, and what is still to be asked."""
    api_needs(request, Can.QUOTE)
    answer = questions_answer(asked.question, on or timezone.localdate())
    return HttpResponse(encode(answer), content_type="application/json")

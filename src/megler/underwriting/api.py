"""Assessments and requirements for programs."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from msgspec.json import encode
from ninja import Field, Router

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.underwriting import api_questions
from megler.underwriting.actions import answers
from megler.underwriting.rules.answer_assessments import assessment_schema
from megler.underwriting.rules.answer_requirements import requirements_schema
from megler.vocabulary.numbers import FIRST_DAY, LAST_DAY

router = Router(tags=["underwriting"])

READ_ONLY = {"/assessments", "/requirements"} | api_questions.READ_ONLY
"""Operations that are asked by POST but change nothing: they need no Idempotency-Key."""

DOCUMENTS = {"Assessment": assessment_schema(), "Requirements": requirements_schema()}
"""The documents to which the operations' description refers."""

Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]


def _said(name: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


def _facts_to(name: str) -> dict[str, Any]:
    return {
        "responses": {200: _said(name)},
        "requestBody": {"required": True, **_said("Facts")},
    }


_SCHEMA = {"responses": {200: {"content": {"application/json": {"schema": {"type": "object"}}}}}}


def _json(document: Mapping[str, Any]) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json")


@router.post(
    "/assessments",
    auth=api_door(Can.QUOTE),
    openapi_extra=_facts_to("Assessment"),
    summary="What every carrier makes of a facts document",
)
def assessments(request: HttpRequest, on: Day | None = None) -> HttpResponse:
    """The body is the facts document (see /schemas/facts.json); nothing is saved."""
    api_needs(request, Can.QUOTE)
    return _json(answers.assessments(request.body, on or timezone.localdate()))


@router.post(
    "/requirements",
    auth=api_door(Can.QUOTE),
    openapi_extra=_facts_to("Requirements"),
    summary="What every carrier will ask for, given a facts document",
)
def requirements(request: HttpRequest, on: Day | None = None) -> HttpResponse:
    """The body is the facts document (see /schemas/facts.json); nothing is saved."""
    api_needs(request, Can.QUOTE)
    return _json(answers.requirements(request.body, on or timezone.localdate()))


@router.get(
    "/schemas/assessment.json",
    openapi_extra=_SCHEMA,
    summary="The JSON Schema of an assessment",
)
def assessment_document(request: HttpRequest) -> HttpResponse:
    """Published so that programs can rely on what they get."""
    return _json(assessment_schema())


@router.get(
    "/schemas/requirements.json",
    openapi_extra=_SCHEMA,
    summary="The JSON Schema of an answer about requirements",
)
def requirements_document(request: HttpRequest) -> HttpResponse:
    """Published so that programs can rely on what they get."""
    return _json(requirements_schema())


router.add_router("", api_questions.router)

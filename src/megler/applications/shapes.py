"""Applications as programs see them: what they send and what they get."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from ninja import Field, Schema

from megler.applications.actions.holding import missing, signers, today
from megler.applications.actions.submitting import not_in_good_order
from megler.applications.actions.tickets import lacking
from megler.applications.models import Application, State
from megler.applications.rules.counting import shares, typed_in
from megler.applications.rules.progress import progress
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import MASKED, asked, forms_needed
from megler.forms.rules.shown import shown_answer
from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem


class Call(Schema):
    """A drop ticket: who asks the rest by telephone, when the client asked to be called, a note."""

    completed_by: Literal["agency", "carrier"] = "agency"
    call_at: datetime | None = None
    note: str = Field("", max_length=1000)


class Start(Schema):
    """What to apply for: an `offer` (counted from 0) of a saved `quote`, or from nothing a `product`
    (`carrier/code`) in a `jurisdiction`, in the name of the `agent` with this NPN (one's own without).

    `answers` by question key are taken with it, all or none. With `ticket` it is a drop ticket.
    """

    quote: UUID | None = None
    offer: int | None = None
    agent: str = Field("", max_length=10)
    product: str = Field("", max_length=130)
    jurisdiction: str = Field("", max_length=40)
    amount: str = Field("", max_length=24)
    term_years: int | None = None
    mode: str = Field("", max_length=20)
    answers: dict[str, Any] = {}
    ticket: Call | None = None


class Answers(Schema):
    """Answers by question key, and the `version` of the application in which they were seen."""

    version: int
    answers: dict[str, Any]


class Listed(Schema):
    """An application in a list."""

    id: UUID
    number: str
    state: str
    insured: str
    agent: str
    carrier: str
    product: str
    offer: dict[str, Any]
    started_at: datetime
    changed_at: datetime
    submitted_at: datetime | None


class ApplicationsOut(Schema):
    """Some applications, and the `page` of the newer and of the older ones."""

    applications: list[Listed]
    newer: str | None
    older: str | None


class Given(Schema):
    """An answer as it stands; numbers that identify somebody are masked."""

    value: Any
    by: str
    at: str
    origin: str
    whom: str
    version: int


class Lacking(Schema):
    """What is not in good order, where, and who is asked."""

    code: str
    where: str
    found: str
    expected: str
    severity: str
    text: str
    form: str
    asked_of: str


class Lacked(Lacking):
    """What is not in good order, with the address of the field at which it is cleared."""

    url: str


class FormProgress(Schema):
    """A form that is needed: of `needed` questions `answered` are whole; `wrong` must be put right."""

    form: str
    name: str
    number: str
    edition: str
    answered: int
    needed: int
    wrong: int


class Unsigned(Schema):
    """A form that somebody has not signed."""

    form: str
    role: str


class Named(Schema):
    """Somebody in a role."""

    role: str
    name: str


class Counted(Schema):
    """How many fields each typed, how many were taken over, and how many the forms hold."""

    agent: int
    client: int
    staff: int
    telephone: int
    taken_over: int
    fields: int


class Whole(Listed):
    """An application with its answers and with what it lacks."""

    version: int
    typed: Counted
    answers: dict[str, Given]
    missing: list[Lacking]
    not_signed: list[Unsigned]
    signers: list[Named]


class GoodOrder(Schema):
    """Whether an application can be submitted, and everything that is in the way."""

    in_good_order: bool
    missing: list[Lacked]
    not_signed: list[Unsigned]
    forms: list[FormProgress]


class Changed(Whole):
    """The application after answers were saved, and the signatures that no longer count."""

    voided: list[Named]


def in_list(one: Application) -> dict[str, Any]:
    """An application as it stands in a list."""
    return {
        "id": str(one.pk),
        "number": one.reference,
        "state": one.state,
        "insured": one.insured_name,
        "agent": one.agent.name,
        "carrier": one.product.carrier.slug,
        "product": one.product.code,
        "offer": one.offer,
        "started_at": one.started_at.isoformat(),
        "changed_at": one.changed_at.isoformat(),
        "submitted_at": one.submitted_at.isoformat() if one.submitted_at else None,
    }


def whole(one: Application) -> dict[str, Any]:
    """An application with its answers (secret numbers masked) and with what it lacks."""
    by_key, given = one.questionnaire.by_key, one.given
    return {
        **in_list(one),
        "version": one.version,
        "typed": shares(typed_in(one.questionnaire, given)),
        "answers": {
            key: {
                "value": shown_answer(by_key[key], found.value)
                if by_key[key].type in MASKED
                else found.value,
                "by": found.by,
                "at": found.at,
                "origin": found.origin,
                "whom": found.whom,
                "version": found.version,
            }
            for key, found in given.items()
            if key in by_key
        },
        "missing": [_lacking(m) for m in _wrong(one)],
        "not_signed": _unsigned(one),
        "signers": [
            {"role": role.value, "name": person.name}
            for role, person in signers(one, today(None)).items()
        ],
    }


def good_order(one: Application) -> dict[str, Any]:
    """Whether it can be submitted, and everything in the way, each with where it is cleared."""
    wrong, unsigned = _wrong(one), _unsigned(one)
    made, given = one.questionnaire, one.given
    forms = []
    for form in forms_needed(made, given):
        sections = [section for section in made.sections if section.form == form.key]
        questions = [q for s in sections for q in s.questions if asked(made, q, given)]
        found = progress(questions, [m for m in wrong if m.form == form.key])
        forms.append(
            {
                "form": form.key,
                "name": form.name,
                "number": form.number,
                "edition": form.edition,
                "answered": found.answered,
                "needed": found.needed,
                "wrong": found.wrong,
            }
        )
    address = settings.PUBLIC_URL + reverse("application", args=[one.pk])
    return {
        "in_good_order": not unsigned and not any(m.is_error for m in wrong),
        "missing": [
            {**_lacking(m), "url": f"{address}?section={m.section}#q-{m.question}"} for m in wrong
        ],
        "not_signed": unsigned,
        "forms": forms,
    }


def _wrong(one: Application) -> list[Missing]:
    """What it lacks: of a ticket its short list."""
    return lacking(one) if one.state == State.TICKET else missing(one, today(None))


def _lacking(one: Missing) -> dict[str, str]:
    return {**_told(one.problem), "form": one.form, "asked_of": one.asked_of.value}


def _unsigned(one: Application) -> list[dict[str, str]]:
    if one.state in {State.SUBMITTED, State.TICKET}:
        return []
    return [
        {"form": p.where, "role": p.found}
        for p in not_in_good_order(one)
        if p.code == "signature_missing"
    ]


def _told(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "where": problem.where,
        "found": problem.found,
        "expected": problem.expected,
        "severity": problem.severity.value,
        "text": sentence(problem),
    }

"""What stands beside the questions: the way through, good order, signatures, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from megler.accounts.models import User
from megler.applications.actions.holding import signers, today
from megler.applications.models import Application
from megler.applications.pages.asking import name_of, told
from megler.applications.rules.signers import (
    CLIENT_ROLES,
    client_can_answer,
    forms_signed_by,
    keeps_from_asking,
)
from megler.forms.models import ROLE_NAMES, SignatureRequest
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import Section, SignerRole, asked
from megler.forms.rules.signing import next_signer


@dataclass(frozen=True)
class Step:
    """A section in the way through the sheet."""

    section: Section
    title: str
    here: bool
    answered: int
    of: int
    wrong: int
    left: int

    @property
    def done(self) -> bool:
        return not self.left and not self.wrong


@dataclass(frozen=True)
class Line:
    """One thing missing, as the panel shows it."""

    text: str
    section: str
    question: str
    client_can: bool
    is_error: bool
    not_given: bool


@dataclass(frozen=True)
class Gap:
    """The questions of one section that are not answered yet."""

    title: str
    here: bool
    lines: list[Line]

    @property
    def all_of_client(self) -> bool:
        return all(line.client_can for line in self.lines)


@dataclass(frozen=True)
class SignerLine:
    """A signer in the panel: whose turn, what happened."""

    role: SignerRole
    label: str
    name: str
    email: str
    request: SignatureRequest | None
    state: str
    turn: bool


def panel(
    held: Application,
    person: User,
    wrong: list[Missing],
    valid: Mapping[SignerRole, SignatureRequest],
    section: Section,
) -> dict[str, Any]:
    """What stands beside the questions: the way through, good order, signatures, what is next."""
    lines = [
        Line(
            name_of(one) if not_given(one) else told(held.questionnaire, one),
            one.section,
            focus_of(one),
            client_can_answer(one),
            one.is_error,
            not_given(one),
        )
        for one in wrong
    ]
    errors = [line for line in lines if line.is_error]
    turn = next_signer(signers(held, today(None)), valid)
    forms = forms_signed_by(held.questionnaire, held.given, turn) if turn else frozenset()
    blocked = keeps_from_asking(wrong, forms)
    signer_lines = _signer_lines(held, valid, turn)
    return {
        "application": held,
        "section": section,
        "section_title": _(section.title),
        "section_intro": _(section.intro) if section.intro else "",
        "steps": _steps(held, wrong, section),
        "errors": errors,
        "to_put_right": [line for line in errors if not line.not_given],
        "gaps": _gaps(held, section, [line for line in errors if line.not_given]),
        "warnings": [line for line in lines if not line.is_error],
        "signer_lines": signer_lines,
        "turn": turn,
        "client_turn": turn in CLIENT_ROLES,
        "agent_turn": turn is SignerRole.AGENT,
        "all_signed": turn is None,
        "asked_already": any(line.turn and line.request for line in signer_lines),
        "can_ask": not blocked,
        "blocked": len(blocked),
        "is_agent": held.agent.user_id == person.pk,
        "answers_url": reverse("application_answers", args=[held.pk]),
        "saved_at": held.changed_at,
        "amount": _decimal(held.offer.get("face_amount")),
        "premium": _decimal(held.offer.get("premium")),
        "mode": _MODES.get(held.offer.get("mode") or "", ""),
    }


_MODES = {
    "annual": _lazy("a year"),
    "semiannual": _lazy("a half-year"),
    "quarterly": _lazy("a quarter"),
    "monthly": _lazy("a month"),
    "semimonthly": _lazy("half-monthly"),
    "biweekly": _lazy("every two weeks"),
    "weekly": _lazy("a week"),
}


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def not_given(one: Missing) -> bool:
    """Whether it only lacks an answer."""
    return one.problem.code == "answer_missing"


def _gaps(held: Application, here: Section, lines: list[Line]) -> list[Gap]:
    gaps = []
    for section in held.questionnaire.sections:
        if mine := [line for line in lines if line.section == section.key]:
            gaps.append(Gap(_(section.title), section is here, mine))
    return gaps


def focus_of(one: Missing) -> str:
    """The id of the input to go to."""
    where = one.problem.where
    if "[" in where:
        return where.replace("[", ".").replace("]", "")
    return where


def _steps(held: Application, wrong: list[Missing], here: Section) -> list[Step]:
    answers, made = held.given, held.questionnaire
    steps = []
    for section in made.sections:
        needed = [
            q.key
            for q in section.questions
            if (q.required or q.items_min) and asked(made, q, answers)
        ]
        given = sum(1 for key in needed if key in answers and answers[key].value is not None)
        mine = [one for one in wrong if one.section == section.key and one.is_error]
        left = sum(1 for one in mine if one.problem.code == "answer_missing")
        steps.append(
            Step(
                section,
                _(section.title),
                section is here,
                given,
                len(needed),
                len(mine) - left,
                left,
            )
        )
    return steps


def _signer_lines(
    held: Application, valid: Mapping[SignerRole, SignatureRequest], turn: SignerRole | None
) -> list[SignerLine]:
    now = timezone.now()
    latest: dict[str, SignatureRequest] = {}
    for one in held.signatures:
        latest.setdefault(one.role, one)
    lines = []
    for role, person in signers(held, today(None)).items():
        request: SignatureRequest | None = valid.get(role) or latest.get(role)
        if request and request.voided_at and request.void_reason == "replaced":
            request = None
        state = request.state(now).value if request else ""
        label = str(ROLE_NAMES[role])
        turn_now = role is turn
        lines.append(SignerLine(role, label, person.name, person.email, request, state, turn_now))
    return lines

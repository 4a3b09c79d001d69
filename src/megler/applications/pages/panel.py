"""What stands beside the questions: the way through, good order, signatures, what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from megler.accounts.models import User
from megler.applications.actions.holding import signers, today
from megler.applications.actions.tickets import lacking
from megler.applications.models import Application, State
from megler.applications.models_filling import FillLink, Ticket
from megler.applications.pages.asking import name_of, told
from megler.applications.pages.words import words
from megler.applications.rules.counting import typed_in
from megler.applications.rules.parts import whose
from megler.applications.rules.progress import Progress, progress
from megler.applications.rules.signers import (
    CLIENT_ROLES,
    FILLING_ROLES,
    Person,
    client_can_answer,
    forms_signed_by,
    keeps_from_asking,
)
from megler.forms.models import ROLE_NAMES, SignatureRequest
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import (
    Questionnaire,
    Section,
    SignerRole,
    asked,
    forms_needed,
)
from megler.forms.rules.signing import next_signer


@dataclass(frozen=True)
class Step:
    """A section in the way through the sheet."""

    section: Section
    title: str
    here: bool
    progress: Progress

    @property
    def done(self) -> bool:
        return self.progress.is_done


@dataclass(frozen=True)
class FormLine:
    """A form of the packet: how far it is, and where its first gap is."""

    name: str
    number: str
    progress: Progress
    section: str


@dataclass(frozen=True)
class Line:
    """One thing missing, as the panel shows it: where to put it right, and which client can."""

    text: str
    section: str
    question: str
    client: SignerRole | None
    is_error: bool
    not_given: bool

    @property
    def client_can(self) -> bool:
        return self.client is not None


@dataclass(frozen=True)
class Askable:
    """A client who can be asked to fill in: what they could clear, and the link they have."""

    role: SignerRole
    label: str
    name: str
    email: str
    can_clear: int
    link: FillLink | None


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
    changed: str = ""


def panel(
    held: Application,
    person: User,
    wrong: list[Missing],
    valid: Mapping[SignerRole, SignatureRequest],
    section: Section,
) -> dict[str, Any]:
    """What stands beside the questions: the way through, good order, signatures, what is next."""
    people = signers(held, today(None))
    is_ticket = held.state == State.TICKET
    lines = lines_of(held, lacking(held) if is_ticket else wrong, people)
    errors = [line for line in lines if line.is_error]
    turn = next_signer(people, valid)
    forms = forms_signed_by(held.questionnaire, held.given, turn) if turn else frozenset()
    blocked = keeps_from_asking(wrong, forms)
    signer_lines = _signer_lines(held, valid, turn)
    return {
        "application": held,
        "section": section,
        "section_title": words(held.questionnaire, section.title),
        "section_intro": words(held.questionnaire, section.intro),
        "steps": _steps(held, wrong, section),
        "form_lines": _form_lines(held, wrong),
        "ticket": Ticket.objects.filter(application=held).first() if is_ticket else None,
        "askables": _askables(held, people, errors) if held.is_open and not valid else [],
        "errors": errors,
        "to_put_right": [line for line in errors if not line.not_given],
        "gaps": _gaps(held, section, [line for line in errors if line.not_given]),
        "warnings": [line for line in lines if not line.is_error],
        "typed": typed_in(held.questionnaire, held.given),
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


def lines_of(
    held: Application, wrong: Iterable[Missing], people: Mapping[SignerRole, Person]
) -> list[Line]:
    """What is missing or wrong, each with the way to it and with the client who can clear it."""
    own = SignerRole.OWNER not in people
    made = held.questionnaire
    return [
        Line(
            name_of(one, made) if not_given(one) else told(made, one),
            one.section,
            focus_of(one),
            _client_of(made, one, own, people) if client_can_answer(one) else None,
            one.is_error,
            not_given(one),
        )
        for one in wrong
    ]


def _client_of(
    made: Questionnaire, one: Missing, own: bool, people: Mapping[SignerRole, Person]
) -> SignerRole:
    role = whose(made.section_of[one.question], made.by_key[one.question], own)
    return role if role in people else next(r for r in FILLING_ROLES if r in people)


def _askables(
    held: Application, people: Mapping[SignerRole, Person], errors: Iterable[Line]
) -> list[Askable]:
    errors = list(errors)
    links = {link.role: link for link in held.fill_links.filter(closed_at=None)}
    return [
        Askable(
            role,
            str(ROLE_NAMES[role]),
            person.name,
            person.email,
            sum(line.client is role for line in errors),
            links.get(role.value),
        )
        for role, person in people.items()
        if role in FILLING_ROLES
    ]


def _form_lines(held: Application, wrong: list[Missing]) -> list[FormLine]:
    """The forms that are needed now, each with its progress."""
    made, answers = held.questionnaire, held.given
    found = []
    for form in forms_needed(made, answers):
        sections = [s for s in made.sections if s.form == form.key]
        questions = [q for s in sections for q in s.questions if asked(made, q, answers)]
        mine = [one for one in wrong if one.form == form.key]
        gap = next((one.section for one in mine if one.is_error), "")
        here = gap or next((s.key for s in sections), "")
        label = " ".join(part for part in (form.number, form.edition) if part)
        found.append(FormLine(words(made, form.name), label, progress(questions, mine), here))
    return found


def _gaps(held: Application, here: Section, lines: list[Line]) -> list[Gap]:
    gaps = []
    for section in held.questionnaire.sections:
        if mine := [line for line in lines if line.section == section.key]:
            gaps.append(Gap(words(held.questionnaire, section.title), section is here, mine))
    return gaps


def focus_of(one: Missing) -> str:
    """The id of the input to go to."""
    where = one.problem.where
    if "[" in where:
        return where.replace("[", ".").replace("]", "")
    return where


def _steps(held: Application, wrong: list[Missing], here: Section) -> list[Step]:
    """The sections in which something is asked now, each with its progress."""
    made, answers = held.questionnaire, held.given
    found = []
    for section in made.sections:
        questions = [q for q in section.questions if asked(made, q, answers)]
        if questions or section is here:
            found.append(
                Step(
                    section, words(made, section.title), section is here, progress(questions, wrong)
                )
            )
    return found


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
        changed = changed_after(held, request) if request else ""
        lines.append(
            SignerLine(role, label, person.name, person.email, request, state, turn_now, changed)
        )
    return lines


def changed_after(held: Application, request: SignatureRequest) -> str:
    """The questions whose change ended a signature, by their short names."""
    known = held.questionnaire.by_key
    return ", ".join(_(known[key].short) for key in request.changed if key in known)


def ask_dialogs(held: Application) -> list[dict[str, Any]]:
    """For each client who may be asked to fill in: the role, its name, and who it is as far as known."""
    people = signers(held, today(None))
    nobody = Person("", "", None)
    return [
        {"role": role.value, "label": ROLE_NAMES[role], "person": people.get(role, nobody)}
        for role in FILLING_ROLES
    ]

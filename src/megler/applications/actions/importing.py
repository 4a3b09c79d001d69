"""Making an application of another system's 103: all of it or nothing, and nothing of it lost."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.acord import agent_numbers, agent_of, offer_of, product_of
from megler.applications.actions.checks import Looked, findings_of, note_check
from megler.applications.actions.doubles import Double, possible_doubles, told_of
from megler.applications.actions.holding import missing, today
from megler.applications.actions.starting import Forms, forms_for
from megler.applications.models import Application
from megler.applications.models_filling import Occasion
from megler.applications.models_messages import ApplicationMessage, Direction
from megler.applications.rules.acord.report import Report, report_on, submission_in
from megler.applications.rules.acord.understanding import Understood, understand
from megler.applications.rules.origins import Origin
from megler.applications.rules.signers import insured_name
from megler.carriers.models import Product
from megler.documents.actions import Examined, Sent, examine, keep
from megler.exchange.txlife.checking import Story
from megler.exchange.txlife.dialects import Dialect
from megler.forms.rules.good_order import values_of
from megler.forms.rules.questionnaire import forms_needed
from megler.journal.actions import record
from megler.licensing.actions import agent_by_npn
from megler.licensing.models import Agent
from megler.vocabulary.problems import Problem, Refused, Severity, errors

XML = "application/xml"
_LEFT_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What whoever imports says beside the message; `again` takes it though it may be here already."""

    agent_npn: str = ""
    product: str = ""
    again: bool = False


@dataclass(frozen=True)
class Imported:
    """The application made of a message, the message as it is kept, and what was told of it."""

    application: Application
    message: ApplicationMessage
    report: Report
    understood: Understood
    doubles: tuple[Application, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Everything decided before a row is written."""

    report: Report
    story: Story
    dialect: Dialect
    product: Product
    agent: Agent
    offer: dict[str, Any]
    forms: Forms
    understood: Understood


@dataclass(frozen=True, slots=True)
class _Files:
    """The message itself and what came with it, examined; `wrong` is why some of it was not taken."""

    original: Examined
    came: list[Examined]
    wrong: list[Problem]


def import_message(
    person: User, name: str, data: bytes, choice: Choice = Choice(), at: datetime | None = None
) -> Imported:
    """A draft application of a 103, everything understood filled in, everything else listed.

    Raises `Refused` with every problem: it is no new-business submission, does not hold together,
    names a carrier, product or agent that is not known here (unless `choice` names them), or may be
    here already (`txlife_double`, unless `choice.again`).
    """
    at = at or timezone.now()
    if not person.may(Can.APPLY):
        raise Refused(Problem("not_allowed", "message"))
    report = report_on(data)
    wanted = _wanted(person, report, data, choice, at)
    original = examine(Sent(name or "message.xml", data), also=[XML])
    files, wrong = _files(wanted.story)
    with transaction.atomic():
        _one_at_a_time(wanted.story)
        doubles = possible_doubles(person, wanted.report, wanted.story, wanted.product, data)
        if doubles and not choice.again:
            asked, now = wanted.forms.asked, wanted.understood
            raise Refused(
                problem for one in doubles for problem in told_of(one, now, asked, wanted.dialect)
            )
        held = _application(person, wanted, at)
        message = _message(person, held, wanted, _Files(original, files, wrong), at)
    check = findings_of(held.questionnaire, missing(held, today(at)))
    names = {f.key: f.name for f in forms_needed(held.questionnaire, held.given)}
    reference = held.form_set.reference if held.form_set else held.questionnaire_key
    note_check(Looked(held.agent, Occasion.IMPORT, reference, names, held, held.version), check, at)
    return Imported(held, message, wanted.report, wanted.understood, _applications(doubles))


def _applications(doubles: list[Double]) -> tuple[Application, ...]:
    return tuple(one.application for one in doubles)


def _wanted(person: User, report: Report, data: bytes, choice: Choice, at: datetime) -> _Wanted:
    """Everything the message means here. Raises `Refused` with all that is not known."""
    story, problems = submission_in(report, product_named=bool(choice.product))
    if story is None:
        raise Refused(problems)
    whose = product_of(story)
    product, more = whose.product, list(whose.problems)
    if choice.product:
        product, more = _named_product(choice.product)
    problems += more
    if whose.dialect.codes:
        report = report_on(data, whose.dialect)
        story = submission_in(report)[0] or story
    agent = None
    try:
        agent = _agent(person, story, choice.agent_npn)
    except Refused as refused:
        problems += refused.problems
    forms, offer = None, {}
    if product is not None:
        offer = offer_of(story, product)
        try:
            forms = forms_for(offer, today(at))
        except Refused as refused:
            problems += refused.problems
    found = report.found
    if found is None or product is None or agent is None or forms is None or problems:
        raise Refused(dict.fromkeys([*problems, *errors(report.problems)]))
    understood = understand(found, story, forms.asked, whose.dialect)
    return _Wanted(report, story, whose.dialect, product, agent, offer, forms, understood)


def _named_product(named: str) -> tuple[Product | None, list[Problem]]:
    """The product that whoever imports names, as `carrier/product`."""
    carrier, _, code = named.strip().partition("/")
    found = Product.objects.filter(carrier__slug=carrier, code=code).select_related("carrier")
    product = found.first()
    if product is None:
        return None, [Problem("txlife_product_unknown", "product", named[:100], "carrier/product")]
    return product, []


def _agent(person: User, story: Story, npn: str) -> Agent:
    """The agent by the number given, by the message's own, or whoever imports as their own agent."""
    if (named := agent_by_npn(person, npn)) is not None:
        return named
    mine = Agent.objects.acted_for_by(person)
    numbers = agent_numbers(story)
    if found := agent_of(story, mine.filter(npn__in=numbers)):
        return found
    own = mine.filter(user=person).first()
    if own is not None and not numbers:
        return own
    where = "TXLife/TXLifeRequest/OLifE/Party/Producer/NIPRNumber"
    if not numbers and story.agent is None:
        raise Refused(Problem("txlife_agent_missing", where))
    found_text = ", ".join(numbers) or (story.agent.name if story.agent else "")
    raise Refused(Problem("txlife_agent_unknown", where, found_text))


def _one_at_a_time(story: Story) -> None:
    """The same message sent twice at once: the second waits, and then finds the first."""
    key = zlib.crc32(f"{story.request.guid} {story.face_amount}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x103, key - 2**31])


def _application(person: User, wanted: _Wanted, at: datetime) -> Application:
    answers = {key: _kept(one, at) for key, one in wanted.understood.answers.items()}
    held = Application(
        agent=wanted.agent,
        product=wanted.product,
        started_by=person,
        questionnaire_key=wanted.forms.key,
        form_set=wanted.forms.edition,
        offer=wanted.offer,
        answers=answers,
        version=1,
        started_at=at,
        changed_at=at,
    )
    held.insured_name = insured_name(values_of(held.questionnaire, held.given))[:400]
    held.save(force_insert=True)
    held.refresh_from_db(fields=["number"])
    data = {
        "guid": wanted.story.request.guid,
        "product": wanted.product.code,
        "filled_in": len(answers),
        "left": len(wanted.understood.left),
    }
    record(person.actor(), "application.imported", held.subject, data, at)
    return held


def _kept(one: Any, at: datetime) -> Mapping[str, Any]:
    """An answer as the application keeps it: who gave it and when as the message tells."""
    kept = {
        "value": one.value,
        "raw": one.raw,
        "by": one.by,
        "at": one.at or at.isoformat(),
        "origin": Origin.MESSAGE.value,
        "version": 1,
        "whom": one.whom,
    }
    return {key: value for key, value in kept.items() if value not in ("",)}


def _files(story: Story) -> tuple[list[Examined], list[Problem]]:
    """The files that came along, examined; one that is not taken stays in the message and is told."""
    kept: list[Examined] = []
    wrong: list[Problem] = []
    for i, one in enumerate(story.attachments(), 1):
        if not one.content:
            continue
        try:
            kept.append(examine(Sent(one.name or one.description or f"file {i}", one.content)))
        except Refused as refused:
            wrong += refused.problems
    return kept, wrong


def _message(
    person: User, held: Application, wanted: _Wanted, files: _Files, at: datetime
) -> ApplicationMessage:
    """The message as it came, with what no question took and what could not be read."""
    actor, request, policy = person.actor(), wanted.story.request, wanted.story.policy
    left = wanted.understood.left
    found = wanted.report.found
    told = [*wanted.report.problems, *wanted.understood.problems, *files.wrong]
    message = ApplicationMessage.objects.create(
        application=held,
        direction=Direction.RECEIVED,
        document=keep(actor, files.original, at),
        guid=request.guid[:200],
        sender=found.message.sender[:200] if found else "",
        tracking_id=policy.tracking_id[:200] if policy else "",
        dialect=wanted.dialect.name[:64],
        filled_in=len(wanted.understood.answers),
        left=[{"path": one.path, "text": one.text, "line": one.line} for one in left[:_LEFT_MAX]],
        left_more=max(len(left) - _LEFT_MAX, 0) + wanted.report.kept_more,
        problems=[_told(one) for one in told],
        at=at,
        by_name=person.name,
    )
    message.files.set([keep(actor, one, at) for one in files.came])
    return message


def _told(one: Problem) -> dict[str, str]:
    return {
        "code": one.code,
        "where": one.where,
        "found": one.found,
        "expected": one.expected,
        "severity": one.severity.value,
    }


def problems_of(message: ApplicationMessage) -> list[Problem]:
    """What could not be read of a message, as it was told when it came."""
    return [Problem(**{**one, "severity": Severity(one["severity"])}) for one in message.problems]

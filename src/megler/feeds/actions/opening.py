"""Cases that a carrier knows and we do not: opened from its word, where the source is set so."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.applications.models import Application, State
from megler.applications.rules.moments import ApplicationSubmitted
from megler.carriers.models import Product
from megler.cases.actions.opening import open_case_from_application
from megler.cases.actions.review import confirm_good_order, send_to_carrier
from megler.cases.models import Case
from megler.clients.models import Client
from megler.clients.rules.people import Known, name_key
from megler.feeds.actions.applying import robot_of
from megler.feeds.models import FeedFile, FeedRow
from megler.feeds.names import FileState, RowState
from megler.feeds.rules.records import Record
from megler.feeds.rules.values import name_of
from megler.feeds.rules.words import Field, plain
from megler.licensing.models import Agent
from megler.vocabulary.problems import Problem, Refused

_DECODE = msgspec.json.Decoder(Record).decode


def open_new_cases(file_id: UUID | str, at: datetime | None = None) -> int:
    """Open a case for each record of a file that fits none, if its source does so; returns how many.

    Each in a transaction of its own, once. A record that does not name agent, product and person
    stays with what it lacks.
    """
    found = FeedFile.objects.select_related("source__carrier").filter(
        pk=file_id, state=FileState.APPLYING, source__makes_new_cases=True
    )
    held = found.first()
    if held is None:
        return 0
    count = 0
    left = held.rows.filter(state=RowState.UNMATCHED).order_by("line")
    for pk in list(left.values_list("pk", flat=True)):
        with transaction.atomic():
            locked = left.select_for_update(no_key=True, skip_locked=True)
            row = locked.filter(pk=pk, why=[]).first()
            if row is None:
                continue
            try:
                with transaction.atomic():
                    _open(held, row, at or timezone.now())
                count += 1
            except Refused as refused:
                row.why = [msgspec.to_builtins(problem) for problem in refused.problems]
                row.save(update_fields=["why"])
    return count


def _open(held: FeedFile, row: FeedRow, at: datetime) -> Case:
    """One case of a record; the carrier has it already, so it is in good order and sent."""
    record = _DECODE(row.record)
    agent, product = _agent(record), _product(held, record)
    problems = []
    name = name_of(record.insured)
    if agent is None:
        problems.append(Problem("feed_no_agent", f"row {row.line}", record.agent))
    if product is None:
        problems.append(Problem("feed_no_product", f"row {row.line}", record.keys.product))
    if not (name.first and name.last and record.keys.born):
        problems.append(Problem("feed_no_person", f"row {row.line}", record.insured))
    if problems or agent is None or product is None:
        raise Refused(problems)
    client = _client(name.first, name.last, record.keys.born, at)
    application = Application.objects.create(
        agent=agent,
        client=client,
        product=product,
        started_by=_starter(held, agent),
        questionnaire_key="life",
        offer=_offer(held, product, record),
        answers={},
        state=State.SUBMITTED,
        insured_name=client.name,
        started_at=at,
        changed_at=at,
        submitted_at=at,
    )
    open_case_from_application(ApplicationSubmitted(application.pk, at))
    case = Case.objects.get(application=application)
    robot = robot_of(held.source)
    confirm_good_order(robot, case, at=at)
    send_to_carrier(robot, case, at=at)
    row.case, row.state, row.matched_by = case, RowState.WAITING, "new"
    row.save(update_fields=["case", "state", "matched_by"])
    return case


def _agent(record: Record) -> Agent | None:
    """The one agent who is named, by producer number or name."""
    if not record.agent:
        return None
    digits = "".join(c for c in record.agent if c.isdigit())
    if digits:
        return Agent.objects.filter(npn=digits).first()
    name = name_of(record.agent)
    found = list(Agent.objects.filter(name__iexact=f"{name.first} {name.last}")[:2])
    found = found or list(Agent.objects.filter(name__iexact=record.agent)[:2])
    return found[0] if len(found) == 1 else None


def _product(held: FeedFile, record: Record) -> Product | None:
    known = Product.objects.filter(carrier=held.source.carrier)
    fits = [p for p in known if record.keys.product in {plain(p.name), plain(p.code)}]
    return fits[0] if len(fits) == 1 else None


def _client(first: str, last: str, born: date | None, at: datetime) -> Client:
    shown_first, shown_last = (w.title() if w.isupper() else w for w in (first, last))
    known = Known(first_name=shown_first, last_name=shown_last, born=born)
    key = name_key(known)
    same = list(Client.objects.filter(name_key=key, born=born)[:2])
    if len(same) == 1:
        return same[0]
    client = Client(name_key=key, created_at=at, changed_at=at)
    client.take(known)
    client.save()
    return client


def _starter(held: FeedFile, agent: Agent) -> User:
    """In whose name it is begun: who sent the file, else the agent, else an administrator."""
    person = User.objects.filter(pk=held.by_id).first() if _is_id(held.by_id) else None
    person = person or agent.user
    person = person or User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).first()
    if person is None:
        raise Refused(Problem("feed_no_person", "agent"))
    return person


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _offer(held: FeedFile, product: Product, record: Record) -> dict[str, Any]:
    said = dict(record.offer)
    found: dict[str, Any] = {"carrier": held.source.carrier.slug, "product": product.code}
    for ours, theirs in (
        ("class_name", Field.CLASS),
        ("premium", Field.PREMIUM),
        ("mode", Field.MODE),
        ("face_amount", Field.FACE_AMOUNT),
    ):
        if value := said.get(theirs.value):
            amount = ours in {"premium", "face_amount"}
            found[ours] = str(Decimal(value).normalize()) if amount else value
    return found

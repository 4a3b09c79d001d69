"""What carriers answer: recorded by staff, by the carrier's own people, or by a private link."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from megler.accounts.limits import within
from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.enquiries.actions.holding import (
    child_of,
    in_hand,
    locked,
    moment,
    put_down,
    step,
    still_open,
    tell_agent,
)
from megler.enquiries.actions.pricing import classes_for, price_of
from megler.enquiries.models import AnswerLink, CarrierAnswer, Enquiry, EnquiryCarrier
from megler.enquiries.names import AnswerWay
from megler.enquiries.rules.answers import Answer, answer_problems, as_said
from megler.enquiries.rules.asking import Act, State
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions import finish_tasks_about

OPENINGS_A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Saying:
    """Who of the carrier said it, how it came to us, and when (None: now)."""

    way: AnswerWay
    by_name: str = ""
    said_at: datetime | None = None


def record_answer(
    person: User,
    child: EnquiryCarrier,
    answer: Answer,
    saying: Saying,
    *,
    version: int | None = None,
    at: datetime | None = None,
) -> CarrierAnswer:
    """Record what a carrier answered. Staff of the agency, or the carrier's own people for theirs."""
    at = moment(at)
    with transaction.atomic():
        if person.role == Role.CARRIER:
            held = _asked_of(person, child)
            saying = Saying(AnswerWay.SIGNED_IN, person.name)
        else:
            held = in_hand(person, child.enquiry_id, Can.WORK_CASES, version)
        return _take(person.actor(), held, child, answer, saying, at=at)


def _asked_of(person: User, child: EnquiryCarrier) -> Enquiry:
    seen = EnquiryCarrier.objects.visible_to(person).filter(pk=child.pk).exists()
    return locked(child.enquiry_id, seen)


def answer_by_link(
    link: AnswerLink, actor: Actor, answer: Answer, at: datetime | None = None
) -> CarrierAnswer:
    """What an underwriter answered by their private link."""
    at = moment(at)
    with transaction.atomic():
        held = locked(link.asked.enquiry_id)
        if not AnswerLink.objects.get(pk=link.pk).is_open(at):
            raise Refused(Problem("nothing_here", "link"))
        return _take(actor, held, link.asked, answer, Saying(AnswerWay.LINK, actor.name), at=at)


def _take(
    actor: Actor,
    held: Enquiry,
    child: EnquiryCarrier,
    answer: Answer,
    saying: Saying,
    *,
    at: datetime,
) -> CarrierAnswer:
    """Check, price and keep an answer; what waited for it is done; the agent is told that it came."""
    still_open(held)
    answer = as_said(answer)
    one = child_of(held, child.pk)
    on = timezone.localtime(at).date()
    classes = classes_for(one.product, on)
    codes = [known.code for known in classes]
    said_at = saying.said_at or at
    problems = answer_problems(answer, codes, on)
    if said_at > at:
        found, most = f"{said_at:%Y-%m-%d %H:%M}", f"≤ {at:%Y-%m-%d %H:%M}"
        problems.append(Problem("case_in_the_future", "said_at", found, most))
    if problems:
        raise Refused(problems)
    if saying.way in {AnswerWay.LINK, AnswerWay.SIGNED_IN} and one.state == State.DRAFT:
        raise Refused(Problem("nothing_here", "carrier"))
    step(one, Act.ANSWER)
    price = price_of(held, one.product, answer, on)
    named = next((known.name for known in classes if known.code == answer.class_code), "")
    last = one.answers.first()
    kept = CarrierAnswer.objects.create(
        asked=one,
        number=last.number + 1 if last else 1,
        outcome=answer.outcome.value,
        class_code=answer.class_code,
        class_name=named or answer.class_name.strip()[:100],
        place=codes.index(answer.class_code) if answer.class_code in codes else None,
        table=answer.table,
        flat_extra=answer.flat_extra,
        flat_years=answer.flat_years,
        postponed_until=answer.postponed_until,
        valid_until=answer.valid_until,
        conditions=answer.conditions.strip(),
        words=answer.words.strip(),
        premium=price.annual,
        premium_monthly=price.monthly,
        currency=price.currency,
        edition=price.edition,
        why_no_price=price.why_not,
        way=saying.way,
        by_name=(saying.by_name.strip() or one.to_name or one.carrier.name)[:200],
        recorded_by=actor.name,
        said_at=said_at,
        recorded_at=at,
    )
    one.answer, one.valid_until = kept, kept.valid_until
    one.answered_at, one.follow_up_on, one.warned_of = said_at, None, None
    one.save()
    _is_done(actor, held, one, kept, at)
    return kept


def _is_done(
    actor: Actor, held: Enquiry, one: EnquiryCarrier, kept: CarrierAnswer, at: datetime
) -> None:
    for about in ("enquiry_carrier", "enquiry_offer"):
        finish_tasks_about(actor, (about, one.pk), at)
    put_down(held, at)
    told = {"carrier": one.carrier.slug, "number": kept.number, "way": kept.way}
    record(actor, "enquiry.answered", held.subject, told, at)
    said = {"carrier": one.carrier.name}
    tell_agent(held, _("%(carrier)s has answered the enquiry."), said, actor.id, at)


def confirm_received(
    person: User, child: EnquiryCarrier, at: datetime | None = None
) -> EnquiryCarrier:
    """The carrier says that it looks at it."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, child.enquiry_id, Can.WORK_CASES)
        still_open(held)
        one = child_of(held, child.pk)
        step(one, Act.CONFIRM)
        one.received_at = at
        one.save()
        put_down(held, at)
        told = {"carrier": one.carrier.slug}
        record(person.actor(), "enquiry.received", held.subject, told, at)
    return one


def may_open(address: str, at: datetime | None = None) -> bool:
    """Whether somebody at this network address may try one more private link now."""
    return within("enquiry.open", address, OPENINGS_A_MINUTE, timedelta(minutes=1), at)


def find_link(token: str, at: datetime | None = None) -> AnswerLink | None:
    """The link that a token opens; an unknown, an ended and an expired one are alike: None.

    So is one of an enquiry that is closed, and of a carrier of which nothing more is asked.
    """
    if len(token) > 100:
        return None
    found = AnswerLink.objects.select_related(
        "asked__enquiry__agent", "asked__carrier", "asked__product__carrier", "asked__answer"
    )
    link = found.filter(token_digest=AnswerLink.digest_of(token)).first()
    if link is None or not link.is_open(at or timezone.now()):
        return None
    return link if link.asked.enquiry.is_open and not link.asked.is_over else None


def answerer(link: AnswerLink, address: str) -> Actor:
    """An underwriter at a private link, as the journal knows them."""
    return Actor(str(link.pk), link.name or link.email, "carrier", address)


def note_opening(link: AnswerLink, actor: Actor, at: datetime | None = None) -> None:
    """The underwriter opened the enquiry: the carrier has it. The first time counts."""
    at = moment(at)
    with transaction.atomic():
        if not AnswerLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=at):
            return
        held = locked(link.asked.enquiry_id)
        one = child_of(held, link.asked_id)
        if one.state == State.SENT:
            step(one, Act.CONFIRM)
            one.received_at = at
            one.save()
            put_down(held, at)
        record(actor, "enquiry.opened", held.subject, {"carrier": one.carrier.slug}, at)

"""A case from its opening to whatever becomes of it, as the agency and the carrier work on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions import carrier, papers, policy, review
from megler.cases.models import Case
from megler.cases.rules.requirements import SETTLED
from megler.cases.rules.status import Closing
from megler.cases.rules.words import Channel, Decision
from megler.demo.actions import exchanging
from megler.demo.actions.evidence import delivered, evidence
from megler.demo.actions.people import Cast
from megler.demo.actions.telling import DAY, HOUR, Told
from megler.demo.rules import words
from megler.demo.rules.schedule import together
from megler.vocabulary.money import to_cents
from megler.work.actions.tasks import finish_task
from megler.work.models import Task

DECISIONS = {
    Decision.APPROVED: 73,
    Decision.OTHER_THAN_APPLIED: 10,
    Decision.COUNTER_OFFER: 6,
    Decision.DECLINED: 5,
    Decision.POSTPONED: 4,
    Decision.INCOMPLETE: 2,
}
RETURNED, WITHDRAWN, NOT_TAKEN, OFFER_REFUSED = 0.09, 0.03, 0.05, 0.35
FREE_LOOK, LAPSED = 0.012, 0.015
DEARER = (Decimal("1.12"), Decimal("1.18"), Decimal("1.27"), Decimal("1.4"))


@dataclass
class Work:
    """A case in somebody's hands."""

    told: Told
    cast: Cast
    case: Case
    manager: User

    def wait(self, least: int, most: int) -> datetime:
        """As `Told.wait`."""
        return self.told.wait(least, most)

    def chance(self, share: float) -> bool:
        """Whether something that happens in a share of cases happens in this one."""
        return self.told.dice.random() < share

    def one(self, of: tuple[str, ...]) -> str:
        """One of several sayings."""
        return self.told.dice.choice(of)

    def fresh(self) -> Case:
        """The case as it stands now."""
        self.case = Case.objects.select_related("agent__user").get(pk=self.case.pk)
        return self.case


def worked(told: Told, cast: Cast) -> Iterator[datetime]:
    """Review, requirements, decision, policy; the case of `told.application`."""
    case = Case.objects.get(application=told.application)
    role = Role.CASE_MANAGER if told.dice.random() < 0.75 else Role.NEW_BUSINESS
    work = Work(told, cast, case, cast.of(told.dice, role))
    yield from _reviewed(work)
    yield from _at_carrier(work)
    if work.chance(WITHDRAWN):
        yield from _closed(work, Closing.WITHDRAWN, words.WITHDRAWN)
        return
    approved: list[bool] = []
    yield from _decided(work, approved)
    if approved:
        yield from _issued(work)


def _reviewed(work: Work) -> Iterator[datetime]:
    yield work.wait(HOUR, 2 * DAY)
    review.start_review(work.manager, work.case, at=work.told.at)
    if work.chance(RETURNED):
        yield work.wait(10, 3 * HOUR)
        because = work.one(words.RETURN_REASONS)
        review.return_to_agent(work.manager, work.case, because, at=work.told.at)
        yield work.wait(3 * HOUR, 10 * DAY)
        review.resubmit(work.told.seller, work.case, at=work.told.at)
        yield work.wait(30, DAY)
        review.start_review(work.manager, work.case, at=work.told.at)
    yield work.wait(20, DAY)
    review.confirm_good_order(work.manager, work.case, at=work.told.at)
    yield work.wait(2, 40)
    review.send_to_carrier(work.manager, work.case, at=work.told.at)


def _at_carrier(work: Work) -> Iterator[datetime]:
    """The carrier takes it up while the evidence comes in, each on its own way."""
    told = work.told
    pending = work.case.requirements.exclude(state__in=[s.value for s in SETTLED])
    each = [
        evidence(told.beside(), work.cast, work.manager, requirement)
        for requirement in pending.order_by("kind")
    ]
    ways = [_taken_up(work, told.beside()), _talk(work, told.beside()), *each]
    if told.application is not None and told.applicant is not None:
        ways.append(
            exchanging.tracked(told.beside(), told.application, told.applicant, work.manager)
        )
    for at in together(ways):
        told.at = max(told.at, at)
        yield at


def _taken_up(work: Work, clock: Told) -> Iterator[datetime]:
    yield clock.wait(2 * HOUR, 2 * DAY)
    carrier.record_received_by_carrier(work.manager, work.case, at=clock.at)
    yield clock.wait(HOUR, 3 * DAY)
    carrier.record_in_underwriting(work.manager, work.case, at=clock.at)


def _talk(work: Work, clock: Told) -> Iterator[datetime]:
    """Notes, now and then."""
    if clock.dice.random() < 0.12:
        yield clock.wait(HOUR, 3 * DAY)
        papers.add_note(clock.seller, work.case, work.one(words.AGENT_NOTES), at=clock.at)
    if clock.dice.random() < 0.3:
        yield clock.wait(DAY, 8 * DAY)
        papers.add_note(work.manager, work.case, work.one(words.MANAGER_NOTES), at=clock.at)
    if clock.dice.random() < 0.18:
        yield clock.wait(HOUR, 4 * DAY)
        note = work.one(words.FOR_AGENT_NOTES)
        papers.add_note(work.manager, work.case, note, for_agent=True, at=clock.at)


def _decided(work: Work, approved: list[bool]) -> Iterator[datetime]:
    """The carrier decides; `approved` gets an element when there is something to issue."""
    dice = work.told.dice
    yield work.wait(3 * HOUR, 6 * DAY)
    decision = dice.choices([*DECISIONS], [*DECISIONS.values()])[0]
    by = work.manager
    if work.manager.role != Role.CASE_MANAGER:
        by = work.cast.of(dice, Role.CASE_MANAGER)
    carrier.record_decision(
        by,
        work.fresh(),
        decision,
        offer=_offer(work, decision),
        words=work.one(words.CARRIER_WORDS[decision]),
        channel=dice.choice((Channel.PORTAL, Channel.PORTAL, Channel.EMAIL, Channel.PHONE)),
        at=work.told.at,
    )
    if decision is Decision.COUNTER_OFFER:
        yield work.wait(DAY, 5 * DAY)
        if work.chance(OFFER_REFUSED):
            carrier.refuse_offer(work.manager, work.case, at=work.told.at)
            yield from _closed(work, Closing.AS_DECIDED, words.NOT_TAKEN)
            return
        carrier.accept_offer(work.manager, work.case, at=work.told.at)
    elif decision not in {Decision.APPROVED, Decision.OTHER_THAN_APPLIED}:
        yield from _closed(work, Closing.AS_DECIDED, words.CARRIER_WORDS[decision])
        return
    if work.chance(NOT_TAKEN):
        yield from _closed(work, Closing.NOT_TAKEN, words.NOT_TAKEN)
        return
    approved.append(True)


def _offer(work: Work, decision: Decision) -> carrier.Offer | None:
    """A dearer class where the carrier does not approve as applied for."""
    premium = work.case.premium_applied
    if decision not in {Decision.OTHER_THAN_APPLIED, Decision.COUNTER_OFFER} or premium is None:
        return None
    dearer = to_cents(premium * work.told.dice.choice(DEARER))
    named = "Standard" if "Standard" not in work.case.class_applied else "Table 2"
    return carrier.Offer(class_approved=named, premium_approved=dearer)


def _issued(work: Work) -> Iterator[datetime]:
    yield work.wait(HOUR, 5 * DAY)
    number = f"{work.case.carrier.slug[:2].upper()}{work.told.dice.randint(1_000_000, 9_999_999)}"
    policy.record_issue(work.manager, work.case, number, at=work.told.at)
    premium = _paid(work, work.told.beside())
    handed = _handed_over(work, work.told.beside())
    for at in together([premium, handed]):
        work.told.at = max(work.told.at, at)
        yield at
    yield from _afterwards(work)


def _paid(work: Work, clock: Told) -> Iterator[datetime]:
    yield clock.wait(HOUR, 9 * DAY)
    policy.record_first_premium(work.manager, work.case, at=clock.at)


def _handed_over(work: Work, clock: Told) -> Iterator[datetime]:
    yield clock.wait(DAY, 7 * DAY)
    policy.record_delivery(work.manager, work.case, at=clock.at)
    yield from delivered(clock, work.manager, work.fresh())


def _afterwards(work: Work) -> Iterator[datetime]:
    if work.chance(FREE_LOOK):
        yield from _closed(work, Closing.FREE_LOOK_RETURN, words.FREE_LOOK, 12 * DAY)
    elif work.chance(LAPSED):
        yield work.wait(65 * DAY, 90 * DAY)
        yield from _closed(work, Closing.LAPSED, words.LAPSED)
    else:
        yield work.wait(2 * DAY, 6 * DAY)
        for task in Task.objects.open_about(("case_free_look", work.case.pk)):
            finish_task(work.manager.actor(), task, work.told.at)


def _closed(
    work: Work, closing: Closing, sayings: tuple[str, ...], most: int = 4 * DAY
) -> Iterator[datetime]:
    yield work.wait(HOUR, most)
    policy.close(work.manager, work.case, closing, work.one(sayings), at=work.told.at)

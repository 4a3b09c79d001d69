"""What the page of an enquiry shows: the carriers asked with their offers side by side."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.enquiries import names
from megler.enquiries.actions.holding import children
from megler.enquiries.models import CarrierAnswer, Enquiry, EnquiryCarrier, SharedEvidence
from megler.enquiries.rules.answers import Outcome
from megler.enquiries.rules.asking import State
from megler.enquiries.rules.offers import Offered, best_of, side_by_side
from megler.ui.templatetags.ui import cents
from megler.work.rules.calendar import business_days_between

STALE_DAYS = 5
"""Business days after which an answer that was not given stands out."""
_IN_PLAY = {State.ANSWERED, State.EXPIRED, State.CHOSEN, State.THANKED}


@dataclass(frozen=True)
class Row:
    """A carrier asked, as its row shows it."""

    child: EnquiryCarrier
    answer: CarrierAnswer | None
    days: int | None
    is_stale: bool
    is_best: bool
    has_run_out: bool
    can_choose: bool

    @property
    def tone(self) -> str:
        return names.TONES[self.child.state]

    @property
    def outcome_tone(self) -> str:
        return names.OUTCOME_TONES[self.answer.outcome] if self.answer else "quiet"


@dataclass(frozen=True)
class Bar:
    """One premium of the picture; lengths are per cent of the widest."""

    name: str
    amount: Decimal
    currency: str
    width: str
    y: int
    is_best: bool
    monthly: Decimal | None

    @property
    def text_y(self) -> int:
        return self.y + 15


@dataclass(frozen=True)
class Compared:
    """The carriers of an enquiry side by side."""

    rows: list[Row]
    best: Row | None
    why_best: list[str]
    bars: list[Bar]
    height: int


def offered_of(child: EnquiryCarrier) -> Offered | None:
    """What stands of a carrier, as the rules compare it; None without an answer."""
    kept = child.answer
    if kept is None or child.state not in _IN_PLAY:
        return None
    return Offered(
        key=str(child.pk),
        outcome=Outcome(kept.outcome),
        premium=kept.premium,
        place=kept.place,
        table=kept.table,
        flat_extra=kept.flat_extra,
        has_conditions=bool(kept.conditions),
        valid_until=child.valid_until,
    )


def compared(person: User, enquiry: Enquiry, found: list[EnquiryCarrier], on: date) -> Compared:
    """Best first, then who has not answered yet."""
    offers = [one for child in found if (one := offered_of(child))]
    in_play = [one for one in offers if _state(found, one.key) is not State.THANKED]
    best = best_of(in_play, on)
    key = best[0] if best else ""
    order = {one.key: place for place, one in enumerate(side_by_side(offers, on))}
    ordered = sorted(found, key=lambda child: order.get(str(child.pk), len(order)))
    may_apply = person.may(Can.APPLY) and enquiry.is_open
    rows = [_row(child, on, key, may_apply) for child in ordered]
    best_row = next((row for row in rows if row.is_best), None)
    bars = _bars(rows)
    return Compared(rows, best_row, _why(best, best_row), bars, 26 * len(bars) + 4)


def _state(found: list[EnquiryCarrier], key: str) -> State:
    return next(State(child.state) for child in found if str(child.pk) == key)


def _row(child: EnquiryCarrier, on: date, best: str, may_apply: bool) -> Row:
    kept = child.answer
    days = None
    if child.sent_at:
        until = child.answered_at or timezone.now()
        sent, said = timezone.localtime(child.sent_at), timezone.localtime(until)
        days = max(business_days_between(sent.date(), said.date()), 0)
    is_offer = kept is not None and kept.outcome == Outcome.OFFER
    run_out = child.valid_until is not None and child.valid_until < on
    return Row(
        child=child,
        answer=kept,
        days=days,
        is_stale=child.is_waiting and (days or 0) >= STALE_DAYS,
        is_best=str(child.pk) == best,
        has_run_out=run_out,
        can_choose=may_apply and is_offer and not run_out and child.state == State.ANSWERED,
    )


def _bars(rows: list[Row]) -> list[Bar]:
    priced = [(row, row.answer) for row in rows if row.answer and row.answer.premium is not None]
    if len(priced) < 2:
        return []
    most = max(kept.premium for _row_of, kept in priced if kept.premium is not None)
    return [
        Bar(
            name=row.child.carrier.name,
            amount=kept.premium or Decimal(0),
            currency=kept.currency,
            width=f"{max((kept.premium or Decimal(0)) / most * 38, Decimal(1)):.1f}",
            y=26 * number + 2,
            is_best=row.is_best,
            monthly=kept.premium_monthly,
        )
        for number, (row, kept) in enumerate(priced)
    ]


def _why(best: Any, row: Row | None) -> list[str]:
    if best is None:
        return []
    told = []
    currency = row.answer.currency if row and row.answer else "USD"
    for reason in best[1]:
        params: dict[str, str | SafeString] = dict(reason.params)
        if "amount" in params:
            params["amount"] = cents(Decimal(str(params["amount"])), currency)
        if "day" in params:
            params["day"] = date_format(date.fromisoformat(str(params["day"])), "SHORT_DATE_FORMAT")
        told.append(str(names.WHY_BEST[reason.code]) % params)
    return told


def evidence_shown(enquiry: Enquiry, on: date) -> list[dict[str, Any]]:
    """What was gathered, what is still to come in, and whom it served."""
    found = enquiry.evidence.select_related("document", "authorisation")
    found = found.prefetch_related("wanted_by__carrier", "uses__requirement__case")
    rows = []
    for one in found.order_by("wanted_at", "pk"):
        known = one.to_facts()
        until = known.serves_until() if known else None
        rows.append(
            {
                "one": one,
                "until": until,
                "is_old": bool(known) and not known.serves_on(on) if known else False,
                "wanted_by": [child.carrier.name for child in one.wanted_by.all()],
                "cases": sorted(
                    {use.requirement.case for use in one.uses.all()}, key=lambda case: case.number
                ),
            }
        )
    return rows


def authorisations(enquiry: Enquiry) -> Any:
    """The HIPAA authorisations that came in."""
    here = SharedEvidence.objects.filter(enquiry=enquiry, kind="hipaa_authorisation")
    return here.filter(done_on__isnull=False)


def enquiry_children(enquiry: Enquiry) -> list[EnquiryCarrier]:
    """The carriers asked, with the application that was made of each."""
    return children(enquiry)

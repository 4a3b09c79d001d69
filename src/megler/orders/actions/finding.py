"""Which item a vendor's word is about, and why it must not be taken there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from megler.clients.models import Client
from megler.exchange.txlife.orders import Answered, Said
from megler.orders.models import Direction, OrderItem, OrderMessage, OrderWord, Vendor
from megler.orders.models.orders import open_states
from megler.orders.rules.matching import (
    About,
    Candidate,
    Person,
    Proposal,
    is_meant,
    mismatches,
    proposals,
)
from megler.orders.rules.words import Purpose
from megler.vocabulary.problems import Reason

CANDIDATES_MAX = 40


@dataclass(frozen=True)
class Found:
    """The items that a word is about, or the reasons why it waits; `about` is what it says of itself.

    `only_notes`: it answers something else than the order itself, so it moves nothing.
    """

    items: tuple[OrderItem, ...] = ()
    reasons: tuple[Reason, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)
    only_notes: bool = False


def found_item(
    vendor: Vendor, answer: Answered, said: Said | None, births: tuple[date, ...] = ()
) -> Found:
    """Whom a word is about; `births` are what the pages of its files call a date of birth.

    An answer to a message of ours is about all items of its order.
    """
    if said is None or (answer.is_answer and not said.unique_id and not said.tracking_id):
        return _answered(vendor, answer)
    about = about_of(said, births)
    told = as_data(about)
    meant = [one for one in _by_numbers(vendor, about) if is_meant(about, candidate(one))]
    if len(meant) != 1:
        return Found((), (Reason("order_several" if meant else "order_unknown"),), told)
    item = meant[0]
    reasons = (
        *_of_kind(about, item),
        *mismatches(about.person, person_of(item), has_files=about.has_files),
    )
    return Found((item,), reasons, told)


def _answered(vendor: Vendor, answer: Answered) -> Found:
    ours = OrderMessage.objects.filter(vendor=vendor, direction=Direction.OUT, guid=answer.guid)
    sent = ours.select_related("order").first() if answer.guid else None
    told = {"guid": answer.guid[:64]}
    if sent is None or sent.order is None:
        return Found((), (Reason("order_unknown"),), told)
    if sent.purpose != Purpose.ORDER:
        first = sent.order.items.first()
        return Found((first,) if first else (), (), told, only_notes=True)
    return Found(tuple(sent.order.items.all()), (), told)


def _of_kind(about: About, item: OrderItem) -> Iterable[Reason]:
    if about.kind and about.kind != item.requirement.kind:
        yield Reason("order_other_kind", {"found": about.kind, "expected": item.requirement.kind})


def about_of(said: Said, births: tuple[date, ...] = ()) -> About:
    """What a word says it is about."""
    whom = said.person
    born = _day(whom.born)
    person = Person(whom.first_name, whom.last_name, whom.organisation, born, whom.ssn, births)
    number = said.tracking_id or said.vendor_number
    return About(said.unique_id, number, said.code.word, person, bool(said.files))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_data(about: About) -> dict[str, Any]:
    """As it is kept, encrypted; of a Social Security number the last four digits."""
    person = about.person
    return {
        "requirement_id": about.requirement_id[:64],
        "order_number": about.order_number[:64],
        "kind": about.kind,
        "first_name": person.first_name[:100],
        "last_name": person.last_name[:100],
        "full_name": person.full_name[:200],
        "born": person.born.isoformat() if person.born else "",
        "ssn": "".join(c for c in person.ssn if c.isdigit())[-4:],
        "births": [day.isoformat() for day in person.births],
        "has_files": about.has_files,
    }


def from_data(told: dict[str, Any]) -> About:
    """What was kept of it."""
    given = {key: told.get(key, "") for key in ("first_name", "last_name", "full_name", "ssn")}
    births = tuple(day for text in told.get("births", ()) if (day := _day(text)))
    person = Person(**given, born=_day(told.get("born", "")), births=births)
    return About(
        told.get("requirement_id", ""),
        told.get("order_number", ""),
        told.get("kind", ""),
        person,
        bool(told.get("has_files")),
    )


_WITH = ("order__case__client", "order__case__carrier", "order__vendor", "requirement")


def _by_numbers(vendor: Vendor, about: About) -> list[OrderItem]:
    """Items of the vendor's that the numbers may name: by unique indexes."""
    theirs = OrderItem.objects.filter(order__vendor=vendor).select_related(*_WITH)
    if about.requirement_id:
        return list(theirs.filter(unique_id=about.requirement_id)[:2])
    number = about.order_number.strip().upper().removeprefix("O-")
    named = Q(order__vendor_number=about.order_number) if about.order_number else Q(pk=None)
    if number.isdecimal() and len(number) < 10:
        named |= Q(order__number=int(number))
    return list(theirs.filter(named)[:CANDIDATES_MAX])


def person_of(item: OrderItem) -> Person:
    """Whom an item is about, as we know them."""
    client: Client = item.order.case.client
    return Person(client.first_name, client.last_name, client.name, client.born, client.ssn or "")


def candidate(item: OrderItem) -> Candidate:
    """An item as the rules compare it."""
    order = item.order
    return Candidate(
        item=item.pk,
        requirement_id=item.unique_id,
        order_number=order.reference,
        vendor_number=order.vendor_number,
        kind=item.requirement.kind,
        person=person_of(item),
        is_open=item.is_current and order.state in open_states(),
    )


def proposals_for(word: OrderWord) -> list[tuple[Proposal, OrderItem]]:
    """Items that a word in the tray may be about: by its numbers, its name and its day of birth."""
    about, vendor = from_data(word.about or {}), word.message.vendor
    found = {item.pk: item for item in _by_numbers(vendor, about)}
    theirs = OrderItem.objects.filter(order__vendor=vendor).select_related(*_WITH)
    if about.order_number:
        found |= {i.pk: i for i in _by_numbers(vendor, About("", about.order_number))}
    key = " ".join(f"{about.person.first_name} {about.person.last_name}".casefold().split())
    named = Q(order__case__client__name_key=key) if key else Q(pk=None)
    if about.person.born:
        named |= Q(order__case__client__born=about.person.born)
    newest = theirs.filter(named).order_by("-order__number")[:CANDIDATES_MAX]
    found |= {item.pk: item for item in newest}
    likely = proposals(about, [candidate(item) for item in found.values()])
    return [(one, found[one.item]) for one in likely]

"""What the pages show of orders."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from megler.cases.rules.requirements import Act, starts
from megler.orders.models import Direction, Order, OrderMessage, OrderWord
from megler.orders.models.messages import WordState
from megler.orders.names import TONES
from megler.orders.rules.words import FeeState, Format
from megler.orders.sentences import REASONS
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem

PAGE_SIZE = 50
_SHOWN_MAX = 200


def reason(told: dict[str, Any]) -> "str | Promise":
    """A kept reason as a sentence."""
    text = REASONS.get(told["code"])
    return (
        str(text) % {"found": "", "expected": "", **told.get("params", {})}
        if text
        else told["code"]
    )


def problem_of(told: dict[str, str]) -> Problem:
    """A kept problem."""
    return Problem(
        told["code"], told.get("where", ""), told.get("found", ""), told.get("expected", "")
    )


@dataclass(frozen=True)
class Part:
    """Some rows, and the mark of those after them."""

    items: list[Any]
    older: str | None
    newer: str | None = None


def newest(found: "QuerySet[Order]", mark: str) -> Part:
    """Orders below a number, newest first."""
    if mark.isdecimal() and len(mark) < 10:
        found = found.filter(number__lt=int(mark))
    related = found.select_related("case__client", "vendor", "facility").order_by("-number")
    rows = list(related.prefetch_related("items__requirement")[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    return Part(rows[:PAGE_SIZE], str(rows[PAGE_SIZE - 1].number) if more else None)


def shown(order: Order) -> dict[str, Any]:
    """An order as a line shows it."""
    tone, icon = TONES[order.state]
    return {
        "order": order,
        "tone": tone,
        "icon": icon,
        "kinds": ", ".join(str(item.requirement) for item in order.items.all()),
    }


def history(order: Order) -> list[dict[str, Any]]:
    """Our messages and the vendor's words of an order, oldest first."""
    ours = OrderMessage.objects.filter(order=order, direction=Direction.OUT)
    sent = ours.select_related("document", "delivery").order_by("came_at")[:_SHOWN_MAX]
    words = OrderWord.objects.filter(item__order=order, state=WordState.APPLIED)
    said = words.select_related("message", "item__requirement").prefetch_related("files")
    rows = [{"at": one.came_at, "ours": one} for one in sent]
    rows += [{"at": one.at, "word": one} for one in said.order_by("at", "sequence")[:_SHOWN_MAX]]
    return sorted(rows, key=lambda row: (row["at"], "word" in row))


def deeds_for(order: Order) -> list[str]:
    """What can be done with an order now, what leads on first."""
    by_letter = Format(order.vendor.format) is Format.LETTER
    decides = order.fee_state == FeeState.ASKED and order.cancelled_at is None
    found = ["approve-fee", "refuse-fee"] if decides else []
    if not order.is_open:
        needed = [
            item
            for item in order.items.select_related("requirement")
            if item.is_current
            and item.requirement.state in starts(RequirementKind(item.requirement.kind), Act.ORDER)
        ]
        return [*found, "again"] if needed and order.case.is_open else found
    posted = ["posted"] if by_letter and order.sent_at is None else []
    return [*posted, *found, "heard", "ask", "fee", "change", "cancel"]

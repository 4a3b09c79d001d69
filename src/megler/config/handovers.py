"""Who takes over when a room announces a moment. The whole table; there are no signals elsewhere."""

from collections.abc import Callable
from typing import Any

from megler.applications.rules.moments import ApplicationSubmitted
from megler.cases.rules.moments import CaseHappened
from megler.post.rules.moments import DeliveryEnded


def _open_case(moment: ApplicationSubmitted) -> None:
    from megler.cases.actions.opening import open_case_from_application

    open_case_from_application(moment)


def _send_to_carrier(moment: ApplicationSubmitted) -> None:
    from megler.applications.actions.exporting import send_to_carrier

    send_to_carrier(moment)


def _look_after_delivery(moment: DeliveryEnded) -> None:
    from megler.work.actions import look_after_delivery

    look_after_delivery(moment)


def _propose_withdrawals(moment: CaseHappened) -> None:
    from megler.cases.actions.links import propose_withdrawals

    propose_withdrawals(moment)


def _read_later(moment: CaseHappened) -> None:
    from megler.routines.actions.taking_up import put_aside

    put_aside(moment)


def _follow_enquiry(moment: CaseHappened) -> None:
    from megler.enquiries.actions.formal import take_over

    take_over(moment)


def _read_paper(moment: CaseHappened) -> None:
    if moment.verb == "document.added":
        from megler.papers.actions.reading import read_later

        read_later(moment.told["document"])


def _look_after_order(moment: DeliveryEnded) -> None:
    from megler.orders.actions.deciding import look_after_sending

    look_after_sending(moment)


def _cancel_orders(moment: CaseHappened) -> None:
    """What the carrier does without is not waited for at a vendor's either."""
    if moment.verb in {"requirement.waived", "requirement.cancelled"}:
        from megler.journal.actions import later

        later("orders.jobs.cancel_for", id=moment.told["requirement"])


def _withdraw_reached(moment: CaseHappened) -> None:
    from megler.feeds.actions.reached import withdraw_reached

    withdraw_reached(moment)


def _tell_others(moment: CaseHappened) -> None:
    from megler.events.actions.outbox import keep

    keep(moment)


HANDOVERS: dict[type, list[Callable[[Any], None]]] = {
    ApplicationSubmitted: [_open_case, _send_to_carrier],
    CaseHappened: [
        _read_paper,
        _propose_withdrawals,
        _follow_enquiry,
        _read_later,
        _cancel_orders,
        _withdraw_reached,
        _tell_others,
    ],
    DeliveryEnded: [_look_after_delivery, _look_after_order],
}

"""Who takes over when a room announces a moment. The whole table; there are no signals elsewhere."""

from collections.abc import Callable
from typing import Any

from megler.applications.rules.moments import ApplicationSubmitted
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


HANDOVERS: dict[type, list[Callable[[Any], None]]] = {
    ApplicationSubmitted: [_open_case, _send_to_carrier],
    DeliveryEnded: [_look_after_delivery],
}

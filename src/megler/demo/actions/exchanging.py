"""An old policy exchanged into the new one under section 1035, tracked until its money arrives."""

import random
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from megler.accounts.models import User
from megler.applications.actions import exchange_steps
from megler.applications.actions.exchanges import send_request, start_exchange
from megler.applications.models import Application
from megler.applications.models_exchanges import Exchange
from megler.applications.rules.exchanges_tracking import What
from megler.demo.actions.telling import DAY, HOUR, Told
from megler.demo.rules.applicants import OLD_INSURERS, Applicant

REFUSED = 0.1
WHY = "The policy was assigned to a bank in 2019; a release is needed first."


def begin(told: Told, application: Application, applicant: Applicant) -> None:
    """The agent starts it with the application, of which its request is a form."""
    dice = _dice(applicant)
    value = Decimal(dice.randint(18, 240) * 250)
    start_exchange(
        told.seller,
        application,
        {
            "carrier_name": applicant.replaced,
            "carrier_address": OLD_INSURERS[applicant.replaced],
            "policy_number": applicant.replaced_number,
            "source_kind": "life",
            "expected": str(value),
            "cost_basis": str(value * dice.randint(70, 98) // 100),
            "same_owner": "yes",
            "same_insured": "yes",
            "is_direct": "yes",
            "is_qualified": "no",
            "is_mec": "no",
        },
        told.at,
    )


def tracked(
    clock: Told, application: Application, applicant: Applicant, manager: User
) -> Iterator[datetime]:
    """Request, answer, sometimes a question after it, and the money; each on its day."""
    if not applicant.is_exchanged:
        return
    exchange = Exchange.objects.under_way().filter(application=application).first()
    if exchange is None:
        return
    clock.dice = dice = _dice(applicant)
    yield clock.wait(HOUR, DAY)
    send_request(manager, exchange, at=clock.at)
    yield clock.wait(4 * DAY, 12 * DAY)
    if dice.random() < 0.5:
        exchange_steps.note(manager, exchange, What.CHASED, at=clock.at)
        yield clock.wait(2 * DAY, 9 * DAY)
    exchange_steps.note(manager, exchange, What.ACKNOWLEDGED, at=clock.at)
    yield clock.wait(3 * DAY, 15 * DAY)
    if dice.random() < REFUSED:
        exchange_steps.note(manager, exchange, What.REFUSED, words=WHY, at=clock.at)
        return
    expected = exchange.expected or Decimal(0)
    arrived = expected + dice.randint(-4000, 9000) / Decimal(100)
    exchange_steps.money_arrived(manager, exchange, arrived, exchange.cost_basis, at=clock.at)


def _dice(applicant: Applicant) -> random.Random:
    return random.Random(applicant.replaced_number)  # noqa: S311 - not a secret

"""Saying by when each step is done."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.journal.actions import record
from megler.routines.models import Promised
from megler.routines.rules.promises import Step, Unit
from megler.vocabulary.problems import Problem, Refused

AMOUNT_MAX = Decimal(200)


def promise(
    by: User, said: Mapping[Step, tuple[Decimal, Unit] | None], at: datetime | None = None
) -> None:
    """Say for steps within how many business hours or days they are done; None: not measured.

    It stands for what starts from now on; clocks that run keep the promise they began with.
    """
    if not by.may(Can.CHANGE_ROUTINES):
        raise Refused(Problem("not_allowed", "promises"))
    problems = [
        Problem("wrong_value", step, str(one[0]), f"0.25–{AMOUNT_MAX}")
        for step, one in said.items()
        if one and not Decimal("0.25") <= one[0] <= AMOUNT_MAX
    ]
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        for step, one in said.items():
            amount, unit = one or (Decimal(1), Unit.DAYS)
            told = {"amount": amount, "unit": unit.value, "is_on": one is not None}
            Promised.objects.update_or_create(step=step.value, defaults=told)
        kept = {s.value: f"{one[0]} {one[1].value}" if one else "" for s, one in said.items()}
        record(by.actor(), "promises.changed", ("promises", 1), kept, at)

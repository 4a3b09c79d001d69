"""The demo orders what cases at the carrier still need, and hears its vendors."""

from datetime import timedelta
from typing import Any

import pytest

from megler.accounts.rules.roles import Role
from megler.cases.actions import review
from megler.demo.actions.ordering import let_order
from megler.journal.models import Entry
from megler.orders.models import Order
from tests.cases.cast import AT, a_case, an_agent, somebody
from tests.cases.conftest import folder

__all__ = ["folder"]


@pytest.mark.django_db
def test_cases_at_the_carrier_have_orders(settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    manager = somebody(Role.CASE_MANAGER, "Casper Holt")
    for name in ("Kari Hope", "Ola Lund"):
        case = a_case(an_agent(), name=name)
        review.confirm_good_order(manager, case, at=AT)
        review.send_to_carrier(manager, case, at=AT)
    let_order(somebody(Role.ADMINISTRATOR, "Ada Berg"), manager, AT + timedelta(days=40))
    assert Order.objects.count() == 2
    assert Order.objects.filter(heard_at__isnull=False).count() == 2
    for entries in (Entry.objects.filter(subject_id=str(o.case_id)) for o in Order.objects.all()):
        times = list(entries.order_by("pk").values_list("at", flat=True))
        assert times == sorted(times)

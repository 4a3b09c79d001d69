"""Days by which something has to be done."""

from datetime import date

from megler.portal.rules.deadlines import DELIVERY_DAYS, deliver_by


def test_a_policy_is_delivered_within_the_usual_days() -> None:
    issued = date(2026, 2, 27)
    assert (deliver_by(issued) - issued).days == DELIVERY_DAYS

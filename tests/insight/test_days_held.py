"""Days by holder over the agency."""

from datetime import timedelta

import pytest
from django.utils import timezone

from megler.cases.models import Spell
from megler.insight.held import count_held_months, days_by
from tests.cast import signed_in
from tests.insight.rows import Agency

DAY = timedelta(days=1)


@pytest.fixture
def ended(agency: Agency) -> Agency:
    """Her case was 4 days with the agency and 6 with the carrier, his 2 with the agency."""
    now = timezone.now()
    for case, turns in (
        (agency.hers, [("agency", 4), ("carrier", 6)]),
        (agency.theirs, [("agency", 2)]),
    ):
        at = now - 20 * DAY
        for holder, days in turns:
            Spell.objects.create(case=case, holder=holder, since=at, until=at + days * DAY)
            at += days * DAY
        case.status, case.holder, case.closed_at = "closed", "", now
        case.save()
    return agency


def test_the_agency_and_each_agent_are_averaged(ended: Agency) -> None:
    count_held_months()
    whole, agents = days_by("agent", business=False)
    assert whole
    assert (whole.cases, whole.days) == (2, {"agency": 3.0, "carrier": 3.0})
    assert [(one.name, one.days_in_all) for one in agents] == [
        ("Ada Agent", 10.0),
        ("Sten Stranger", 2.0),
    ]
    business, _rows = days_by("month", business=True)
    assert business
    assert business.days_in_all < whole.days_in_all


def test_counting_again_changes_nothing_and_old_months_are_counted_once(ended: Agency) -> None:
    assert count_held_months() == 12
    before = days_by("carrier", business=False)
    assert count_held_months() == 2
    assert days_by("carrier", business=False) == before


@pytest.mark.parametrize("by", ["carrier", "line", "agent", "month", "nonsense"])
def test_the_page_draws_each_against_the_others(ended: Agency, by: str) -> None:
    count_held_months()
    page = signed_in(ended.manager).get("/days-by-holder/", {"by": by, "in": "business"})
    assert page.status_code == 200
    assert b'role="img"' in page.content

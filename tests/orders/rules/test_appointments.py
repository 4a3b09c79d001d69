"""An appointment is read only where a text names one day and one time."""

from datetime import datetime

import pytest

from megler.orders.rules.appointments import appointment_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Exam set for 03/05/2026 at 2:30 PM", "2026-03-05T14:30:00"),
        ("2026-03-05 09:00", "2026-03-05T09:00:00"),
        ("March 5, 2026 12:00 am", "2026-03-05T00:00:00"),
        ("03/05/2026", None),
        ("at 2:30 PM", None),
        ("03/05/2026 or 03/06/2026 at 9:00", None),
        ("03/05/2026 at 9:00 or 10:00", None),
        ("03/05/2026 at 13:00 PM", None),
        ("", None),
    ],
)
def test_day_and_time(text: str, found: str | None) -> None:
    assert appointment_in(text) == (datetime.fromisoformat(found) if found else None)

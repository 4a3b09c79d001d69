"""Days by which something has to be done, as the calendar tells them."""

from datetime import date, timedelta

DELIVERY_DAYS = 30
"""Calendar days in which an issued policy is delivered. Source: usual delivery period of carriers;
a carrier that has another one says so in its letter, which is in the case.
"""


def deliver_by(issued_on: date) -> date:
    """The last day for delivering a policy issued on a day.

    >>> deliver_by(date(2026, 3, 2))
    datetime.date(2026, 4, 1)
    """
    return issued_on + timedelta(days=DELIVERY_DAYS)

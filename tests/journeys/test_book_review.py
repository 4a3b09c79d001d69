"""The book is gone through while staff watch; what was found is read at a desk and on a telephone."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.quoting.actions.quotes import save_quote
from tests.cast import PASSWORD, person
from tests.insight.rows import a_case, an_agent
from tests.insight.test_book_review import FACTS, a_policy, market, user_of, years_ago
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.test_quote_to_in_force import work_is_done

__all__ = ["market"]
NAMES = ["Dora Dear", "Ola Nordmann", "Kari Hope", "Per Spelmann", "Åse Ødegård", "Liv Ullsen"]


@pytest.fixture
def agency(transactional_db: None, market: Any, settings: Any, live_server: Any) -> str:
    """Two agents' policies, a case and a quote, of which something can be told."""
    settings.ALLOWED_HOSTS = ["*"]
    person("Casper Holt", Role.CASE_MANAGER, PASSWORD)
    mine, other = an_agent("Ada Agent"), an_agent("Sten Stranger")
    for number, name in enumerate(NAMES):
        premium = Decimal(60 + 25 * number)
        a_policy(mine if number % 2 else other, name, market, premium_applied=premium)
    a_policy(mine, "Terje Term", market, in_force_on=years_ago(20, 100))
    a_policy(mine, "Knut Convert", market, in_force_on=years_ago(15, 30))
    soon = {**FACTS, "born": years_ago(47, 30).isoformat()}
    save_quote(user_of(mine), soon, timezone.localdate(), title="Cover for the mortgage")
    case = a_case(mine, "Anne Age", product=market, term_years_applied=20)
    case.application.quote = save_quote(user_of(mine), soon, timezone.localdate())
    case.application.save()
    return str(live_server.url)


def watches(staff: Person) -> None:
    staff.goes_to("/book-review/")
    expect(staff.page.get_by_text("has not been gone through yet")).to_be_visible()
    staff.page.get_by_role("button", name="Go through the book").click()
    expect(staff.page.get_by_text("about to begin")).to_be_visible()
    staff.looks("book-review-0-under-way")
    work_is_done()
    expect(staff.page.get_by_role("row", name="Liv Ullsen")).to_be_visible(timeout=15_000)


def narrows(staff: Person) -> None:
    staff.page.get_by_role("link", name="Term ends").click()
    expect(staff.page.get_by_role("row", name="Terje Term")).to_be_visible()
    expect(staff.page.get_by_role("row", name="Liv Ullsen")).to_have_count(0)
    staff.page.get_by_role("link", name="Term ends").click()
    expect(staff.page.get_by_role("row", name="Liv Ullsen")).to_be_visible()


def test_the_book_is_gone_through(agency: str, window: Callable[..., Person]) -> None:
    staff = window("1440", agency, DESK)
    staff.signs_in("casper@example.com", PASSWORD)
    watches(staff)
    staff.looks("book-review-1-found")
    narrows(staff)
    with staff.page.expect_download() as download:
        staff.page.locator("#content").get_by_role("link", name="Export").click()
    assert download.value.suggested_filename == "book-review.csv"
    phone = window("390", agency, PHONE)
    phone.signs_in("casper@example.com", PASSWORD)
    phone.goes_to("/book-review/")
    phone.looks("book-review-1-found")
    assert staff.has_no_complaints()
    assert phone.has_no_complaints()

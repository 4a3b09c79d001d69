"""Book review: what is found, who sees it, what it costs to show."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from megler.accounts.models import User
from megler.carriers.actions import publish_edition
from megler.carriers.models import Product
from megler.carriers.packages import read_files
from megler.cases.models import Case
from megler.insight.actions import STUCK_AFTER, ask_for_review
from megler.insight.models import Finding, Review, Tally
from megler.insight.reviewing import review_book
from megler.insight.rules.review import Kind
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from megler.quoting.actions.quotes import save_quote
from megler.vocabulary.ages import add_months
from megler.vocabulary.problems import Refused
from tests.cast import signed_in
from tests.insight.rows import Agency, a_case
from tests.quoting.bulk.market import EDITIONS

FACTS: dict[str, Any] = {
    "sex": "female",
    "jurisdiction": "TX",
    "height_in": 64,
    "weight_lb": 140,
    "nicotine": [],
    "wants": {"line": "term_life", "face_amount": "500000", "term_years": 20, "mode": "monthly"},
}
ITS_OWN, RIGHT = b"conversion = { years = 15, until_age = 65 }\n", b"conversion = { years = 15 }\n"


@pytest.fixture
def market(db: None) -> Product:
    """Tundra Term with a right to convert for fifteen years, and its guide."""
    term = dict(read_files(EDITIONS / "tundra-life/tundra-term"))
    term["edition.toml"] = term["edition.toml"].replace(ITS_OWN, RIGHT)
    publish_edition(SYSTEM, term)
    publish_edition(SYSTEM, read_files(EDITIONS / "tundra-life/guide"))
    return Product.objects.get(code="tundra-term")


def years_ago(years: int, days: int = 0) -> date:
    return add_months(timezone.localdate(), -12 * years) + timedelta(days)


def user_of(agent: Agent) -> User:
    assert agent.user
    return agent.user


def a_policy(agent: Agent, name: str, product: Product, **more: Any) -> Case:
    """A dear policy in force for a while, of somebody born 47 years and 200 days ago."""
    told: dict[str, Any] = {
        "status": "in_force",
        "holder": "",
        "policy_number": "P-1",
        "premium_applied": Decimal("100.00"),
        "term_years_applied": 20,
        "in_force_on": years_ago(5),
    }
    case = a_case(agent, name, product=product, **{**told, **more})
    born = years_ago(47, -200)
    save = save_quote(user_of(agent), {**FACTS, "born": born.isoformat()}, timezone.localdate())
    case.application.quote = save
    case.application.save()
    return case


def reviewed() -> Review:
    review = ask_for_review(None)
    review_book(review.pk)
    review.refresh_from_db()
    return review


def found(kind: Kind) -> list[Finding]:
    return list(Finding.objects.filter(kind=kind))


def page_of(person: User, query: str = "") -> str:
    answer = signed_in(person).get(f"/book-review/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_policy_that_could_cost_less_is_found_with_what_it_saves(
    agency: Agency, market: Product
) -> None:
    case = a_policy(agency.agent, "Dora Dear", market)
    a_policy(agency.agent, "Carl Cheap", market, premium_applied=Decimal("1.00"))
    reviewed()
    (one,) = found(Kind.CHEAPER)
    assert one.case == case
    assert one.agent == agency.agent
    assert one.premium_now == Decimal("1200.00")
    assert one.offer["term_years"] >= 15
    assert one.worth == Decimal("1200.00") - Decimal(one.offer["annualised"])
    assert one.worth > 0


def test_the_new_cover_lasts_at_least_as_long_and_costs_the_least(
    agency: Agency, market: Product
) -> None:
    a_policy(agency.agent, "Tom Ten", market, in_force_on=years_ago(11))
    a_policy(agency.agent, "Tina Twenty", market, in_force_on=years_ago(1))
    reviewed()
    terms = {f.case.client.name: f.offer["term_years"] for f in found(Kind.CHEAPER) if f.case}
    assert terms == {"Tom Ten": 10, "Tina Twenty": 20}


@pytest.mark.parametrize(
    "more",
    [
        {"status": "closed", "closed_at": timezone.now(), "outcome": "lapsed"},
        {"mode_applied": ""},
        {"currency": "NOK"},
        {"term_years_applied": None},
        {"face_amount_applied": 5_000_000},
    ],
)
def test_what_cannot_be_compared_is_left_alone(
    agency: Agency, market: Product, more: dict[str, Any]
) -> None:
    a_policy(agency.agent, "Olga Other", market, **more)
    reviewed()
    assert found(Kind.CHEAPER) == []


def test_terms_and_rights_to_convert_that_end_soon_are_found(
    agency: Agency, market: Product
) -> None:
    a_policy(agency.agent, "Terje Term", market, in_force_on=years_ago(20, 100))
    a_policy(agency.agent, "Knut Convert", market, in_force_on=years_ago(15, 100))
    a_policy(agency.agent, "Nils Neither", market, in_force_on=years_ago(20, 190))
    reviewed()
    ends = [f.case.client.name for f in found(Kind.TERM_ENDS) if f.case]
    converts = [f.case.client.name for f in found(Kind.CONVERSION_ENDS) if f.case]
    assert (ends, converts) == (["Terje Term"], ["Knut Convert"])
    (one,) = found(Kind.TERM_ENDS)
    assert one.due_on == add_months(years_ago(20, 100), 240)
    assert "Terje Term" not in {f.case.client.name for f in found(Kind.CHEAPER) if f.case}
    assert one.worth == Decimal("1200.00")


def test_open_quotes_and_cases_whose_age_changes_soon_are_found(
    agency: Agency, market: Product
) -> None:
    today = timezone.localdate()
    soon = {**FACTS, "born": years_ago(47, 30).isoformat()}
    later = {**FACTS, "born": years_ago(47, 90).isoformat()}
    quote = save_quote(user_of(agency.agent), soon, today)
    save_quote(user_of(agency.agent), later, today)
    old = save_quote(user_of(agency.agent), soon, today)
    old.made_at = timezone.now() - timedelta(91)
    old.save()
    case = a_case(agency.agent, "Anne Age", product=market, term_years_applied=20)
    case.application.quote = save_quote(user_of(agency.agent), soon, today)
    case.application.save()
    reviewed()
    ages = found(Kind.AGE_CHANGES)
    assert {(f.case, f.quote) for f in ages} == {(case, None), (None, quote)}
    assert {f.due_on for f in ages} == {today + timedelta(30)}
    assert {f.offer["term_years"] for f in ages} == {20}
    assert all(f.worth is not None and f.worth > 0 for f in ages)


def test_each_sees_only_their_own_and_staff_all(agency: Agency, market: Product) -> None:
    a_policy(agency.agent, "Dora Dear", market)
    a_policy(agency.stranger, "Stine Strange", market)
    reviewed()
    hers, theirs = page_of(user_of(agency.agent)), page_of(user_of(agency.stranger))
    assert "Dora Dear" in hers
    assert "Stine Strange" not in hers
    assert "Stine Strange" in theirs
    assert "Dora Dear" not in theirs
    assert "Dora Dear" in page_of(agency.assistant)
    staff = page_of(agency.manager)
    assert "Dora Dear" in staff
    assert "Stine Strange" in staff
    narrowed = page_of(agency.manager, f"?agent={agency.agent.pk}")
    assert "Stine Strange" not in narrowed
    assert "Dora Dear" not in page_of(user_of(agency.stranger), f"?agent={agency.agent.pk}")
    assert signed_in(agency.carrier).get("/book-review/").status_code == 404


def test_the_figures_are_each_ones_own(agency: Agency, market: Product) -> None:
    a_policy(agency.agent, "Dora Dear", market)
    a_policy(agency.agent, "Dina Dear", market)
    a_policy(agency.stranger, "Stine Strange", market)
    reviewed()
    cheaper = Tally.objects.filter(kind=Kind.CHEAPER)
    assert cheaper.get(agent=None).count == 3
    assert cheaper.get(agent=agency.agent).count == 2
    total = sum(f.worth for f in found(Kind.CHEAPER) if f.worth)
    assert cheaper.get(agent=None).worth == total


def test_the_page_narrows_by_kind_and_says_when_nothing_is_there(
    agency: Agency, market: Product
) -> None:
    assert "The book has not been gone through yet" in page_of(agency.manager)
    a_policy(agency.agent, "Dora Dear", market)
    reviewed()
    assert "Dora Dear" in page_of(agency.manager, "?kind=cheaper")
    assert "Nothing of this kind was found" in page_of(agency.manager, "?kind=term_ends")
    assert "Dora Dear" in page_of(agency.manager, "?kind=nonsense&agent=nobody&page=x")


def test_the_sheet_holds_what_the_page_would_show(agency: Agency, market: Product) -> None:
    a_policy(agency.agent, "=Dora", market)
    a_policy(agency.stranger, "Stine Strange", market)
    reviewed()
    answer = signed_in(user_of(agency.agent)).get("/book-review/export/?kind=cheaper")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["client"], row["kind"], row["premium_a_year"]) == ("'=Dora", "cheaper", "1200.00")
    assert row["offer_carrier"] == "Tundra Life"


def test_the_cost_of_the_page_does_not_grow_with_what_was_found(
    agency: Agency, market: Product
) -> None:
    review = Review.objects.create(
        asked_at=timezone.now(), on=timezone.localdate(), changed_at=timezone.now(),
        finished_at=timezone.now(),
    )  # fmt: skip

    def queries(count: int) -> int:
        Finding.objects.bulk_create(
            Finding(
                review=review, kind="cheaper", agent=agency.agent, case=agency.hers, worth=1,
                currency="USD",
            )
            for _ in range(count)
        )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page_of(agency.manager)
        return len(caught)

    queries(1)
    assert queries(5) == queries(200)


def test_staff_begin_a_review_once_and_see_how_far_it_is(agency: Agency, market: Product) -> None:
    staff = signed_in(agency.manager)
    for _ in range(2):
        assert staff.post("/book-review/start/").status_code == 302
    review = Review.objects.get()
    assert review.asked_by == agency.manager
    page = page_of(agency.manager)
    assert "about to begin" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Go through the book" not in page
    review_book(review.pk)
    answer = staff.get("/book-review/progress/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/book-review/"


def test_who_does_not_work_here_begins_none(agency: Agency) -> None:
    assert signed_in(user_of(agency.agent)).post("/book-review/start/").status_code == 404
    with pytest.raises(Refused):
        ask_for_review(user_of(agency.agent))


def test_a_review_done_twice_has_one_effect(agency: Agency, market: Product) -> None:
    a_policy(agency.agent, "Dora Dear", market)
    review = ask_for_review(None)
    Finding.objects.create(review=review, kind="cheaper", case=agency.hers, currency="USD", worth=1)
    review_book(review.pk)
    review_book(review.pk)
    assert len(found(Kind.CHEAPER)) == 1
    assert Tally.objects.filter(kind="cheaper", agent=None).get().count == 1


def test_the_next_review_takes_the_place_of_the_one_before(agency: Agency, market: Product) -> None:
    a_policy(agency.agent, "Dora Dear", market)
    first, second = reviewed(), reviewed()
    assert list(Review.objects.values_list("pk", flat=True)) == [second.pk]
    assert not Finding.objects.filter(review_id=first.pk).exists()
    assert (second.total, second.done) == (Case.objects.count(), Case.objects.count())


def test_a_review_that_got_stuck_is_given_up(agency: Agency) -> None:
    stuck = ask_for_review(None, timezone.now() - STUCK_AFTER - timedelta(minutes=1))
    fresh = ask_for_review(agency.manager)
    assert fresh.pk != stuck.pk
    review_book(stuck.pk)
    assert list(Review.objects.values_list("pk", flat=True)) == [fresh.pk]

"""Every limit of the real products, at the limit and beyond: ages, amounts, terms, states, months."""

import json
from datetime import date
from functools import cache
from typing import Any

import pytest
from click.testing import CliRunner

from megler.carriers.actions import publish_edition
from megler.carriers.rules.checks import check_edition
from megler.journal.rules.actors import SYSTEM
from megler.underwriting.commands import assess
from megler.underwriting.rules.answer_assessments import Assessed, assessed
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.standing import Judged, judged_products
from megler.vocabulary.ages import add_months
from tests.underwriting.limits import (
    CLASSES,
    OLDEST,
    USER,
    Row,
    book,
    guide,
    months,
    rows,
    steps,
    terms,
)

ON = date(2026, 6, 15)
ROWS = rows()
NAMES = [row["product"] for row in ROWS]
SMOKER = [{"product": "cigarette", "last_used": "2026-06-01", "per_week": 40}]


@cache
def judged(product: str) -> Judged:
    """The product with its guide, both through the checker."""
    row = next(one for one in ROWS if one["product"] == product)
    found = []
    for files in (book(row), guide(row)):
        edition, _, problems = check_edition(files)
        assert [p for p in problems if p.severity == "error"] == []
        assert edition is not None
        found.append(edition)
    (one,) = judged_products([found[0]], {"limits-life": [found[1]]}, ON)
    return one


def answer(row: Row, age: int, **more: Any) -> Assessed:
    """The product for somebody of this age in whole years, with an amount that it always sells."""
    wants = {"face_amount": row["amount_min"] or "50000", **more.pop("wants", {})}
    document = {
        "age": age, "sex": "female", "jurisdiction": "TX", "nicotine": [], **more, "wants": wants,
    }  # fmt: skip
    facts, problems = read_facts(document, ON)
    assert facts is not None, problems
    (found,) = assessed(facts, [judged(row["product"])], ON)
    return found


def against(found: Assessed) -> set[str]:
    return {reason.code for reason in found.why_not}


def some_age(row: Row) -> int:
    return int(row["age_min"] or 40)


def test_the_list_has_every_product() -> None:
    assert sorted({int(row["row"]) for row in ROWS}) == list(range(1, 14))
    assert len(set(NAMES)) == len(NAMES) == 17


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_ages_at_issue_hold_their_ends_and_no_year_more(row: Row) -> None:
    low, high = int(row["age_min"] or 0), int(row["age_max"] or OLDEST)
    assert against(answer(row, low)) == against(answer(row, high)) == set()
    if low:
        assert against(answer(row, low - 1)) == {"too_young"}
    if row["age_max"]:
        assert "too_old" in against(answer(row, high + 1))


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_amounts_hold_their_ends_and_no_dollar_more(row: Row) -> None:
    def of(amount: int, age: int = some_age(row)) -> set[str]:
        return against(answer(row, age, wants={"face_amount": str(amount)}))

    if row["amount_min"]:
        assert of(int(row["amount_min"])) == set()
        assert of(int(row["amount_min"]) - 1) == {"amount_below"}
    if row["amount_max"]:
        assert of(int(row["amount_max"])) == set()
        assert of(int(row["amount_max"]) + 1) == {"amount_above"}
    for first, last, most in steps(row):
        for age in (first, last):
            assert of(most, age) == set()
            assert of(most + 1, age) == {"amount_above_for_age"}


@pytest.mark.parametrize("nicotine", ["none", "user"])
@pytest.mark.parametrize("row", [r for r in ROWS if r["terms"]], ids=lambda r: r["product"])
def test_terms_hold_their_last_age_by_nicotine(row: Row, nicotine: str) -> None:
    uses = SMOKER if nicotine == "user" else []
    sold = dict(terms(row))
    for years, limits in sold.items():
        last = limits.get(nicotine, limits.get("any"))
        last = int(row["age_max"]) if last is None else last
        wants = {"term_years": years}
        assert against(answer(row, last, nicotine=uses, wants=wants)) == set()
        beyond = against(answer(row, last + 1, nicotine=uses, wants=wants))
        assert beyond & {"too_old", "too_old_for_term"}
    not_sold = next(n for n in (10, 15, 22) if n not in sold)
    wants = {"term_years": not_sold}
    assert against(answer(row, some_age(row), wants=wants)) == {"term_not_offered"}


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_states_where_it_is_not_sold(row: Row) -> None:
    closed = {
        state
        for state in ("NY", "NJ", "TX", "CA")
        if against(answer(row, some_age(row), jurisdiction=state)) == {"not_sold_in"}
    }
    assert closed == set(filter(None, [row["not_in"]]))


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r["nicotine_months"]], ids=lambda r: r["product"]
)
def test_months_without_nicotine_hold_to_the_day(row: Row) -> None:
    asked = dict(zip(CLASSES, months(row), strict=True))
    wants = {"face_amount": row["preferred_from"]} if row["preferred_from"] else {}
    for span in set(asked.values()):
        last_day = add_months(ON, -span)
        for days_late in (0, 1):
            day = date.fromordinal(last_day.toordinal() + days_late)
            uses = [{"product": "cigarette", "last_used": day.isoformat()}]
            found = answer(row, some_age(row), nicotine=uses, wants=wants).assessment
            open_to = [c for c, least in asked.items() if add_months(day, least) <= ON]
            assert (day, found.class_code) == (day, [*open_to, USER][0])


def test_the_command_tells_what_is_open_and_why_not(db: None) -> None:
    row = ROWS[0]
    for files in (book(row), guide(row)):
        publish_edition(SYSTEM, files)
    for age, years, state, reasons in (
        (55, 30, "TX", []), (56, 30, "TX", ["too_old_for_term"]), (19, 10, "TX", ["too_young"]),
        (45, 40, "NY", ["not_sold_in"]),
    ):  # fmt: skip
        wants = {"line": "term_life", "face_amount": "100000", "term_years": years}
        facts = {"age": age, "sex": "male", "jurisdiction": state, "nicotine": [], "wants": wants}
        given = json.dumps(facts).encode()
        done = CliRunner().invoke(assess, ["-", "--on", "2026-06-15", "--json"], input=given)
        assert done.exit_code == 0
        (told,) = json.loads(done.stdout)["assessments"]
        assert (told["product"], told["eligible"]) == (row["product"], not reasons)
        assert [one["code"] for one in told["not_eligible"]] == reasons


def test_preferred_classes_begin_at_their_amount() -> None:
    (row,) = [r for r in ROWS if r["preferred_from"]]
    least = int(row["preferred_from"])
    found = [answer(row, 40, wants={"face_amount": str(a)}) for a in (least - 1, least)]
    assert [one.assessment.class_code for one in found] == ["standard_plus", "preferred_plus"]

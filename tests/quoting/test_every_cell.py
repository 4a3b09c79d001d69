"""Every figure of every published table comes back from a facts document, to the cent."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.place import split_place
from megler.journal.rules.actors import SYSTEM
from megler.quoting.actions import quotes as actions
from megler.quoting.rules.answer import Offer
from megler.vocabulary.codes import Mode
from megler.vocabulary.problems import errors
from tests.carriers.books import with_cell
from tests.quoting.conftest import EDITIONS

YOUNGEST, OLDEST = 18, 98
"""Ages that stand for the open ends of the first and the last band."""


def rows(name: str) -> list[dict[str, str]]:
    with (EDITIONS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ages(row: dict[str, str]) -> tuple[int, int]:
    """Both ends of a row's band."""
    return int(row["age_from"] or YOUNGEST), int(row["age_to"] or OLDEST)


def offers(age: int, on: date, *amounts: int, line: str | None = None) -> Iterator[Offer]:
    """The offers for these amounts, at most fifty, in one facts document."""
    wants = [{"line": line, "face_amount": str(amount)} for amount in amounts]
    yield from actions.quote({"age": age, "wants": wants}, on).offers


def test_vgli_all_440_premiums_at_both_ends_of_each_band(market: None) -> None:
    published = {
        (age, Decimal(row["amount"])): Decimal(row["value"])
        for row in rows("us-va/vgli-2019/premiums.csv")
        for age in ages(row)
    }
    amounts = range(10_000, 400_001, 10_000)
    quoted = {
        (age, offer.amount): offer.premium[Mode.MONTHLY]
        for age in sorted({age for age, _ in published})
        for offer in offers(age, date(2019, 1, 1), *amounts)
        if offer.product == "vgli"
    }
    assert len(published) == 440 * 2
    assert quoted == published


@pytest.mark.parametrize(
    ("generation", "first", "last"),
    [
        ("2004", date(2004, 1, 1), date(2004, 12, 31)),
        ("2005", date(2005, 1, 1), date(2015, 12, 31)),
        ("2016", date(2016, 1, 1), date(2021, 9, 30)),
    ],
)
def test_fegli_every_rate_of_a_generation_on_its_first_and_last_day(
    market: None, generation: str, first: date, last: date
) -> None:
    quoted, published = {}, {}
    for row in rows(f"us-opm/fegli-b-{generation}/rates.csv"):
        for age, on in ((age, on) for age in ages(row) for on in (first, last)):
            (offer,) = (o for o in offers(age, on, 1_000_000) if o.product == "fegli-b")
            quoted[age, on] = {mode.value: amount for mode, amount in offer.premium.items()}
            published[age, on] = {m: Decimal(row[m]) * 1000 for m in ("biweekly", "monthly")}
    assert len(published) == 11 * 2 * 2
    assert quoted == published


def test_group_voluntary_every_rate_for_employee_and_spouse(db: None) -> None:
    publish_edition(SYSTEM, read_files(EDITIONS / "employer-group/voluntary-term-2025"))
    quoted: dict[tuple[int, str], Decimal] = {}
    published: dict[tuple[int, str], Decimal] = {}
    for row in rows("employer-group/voluntary-term-2025/rates.csv"):
        for age in ages(row):
            for offer in offers(age, date(2025, 6, 1), 100_000):
                role = offer.product.removeprefix("voluntary-term-")
                quoted[age, role] = offer.premium[Mode.MONTHLY]
            published |= {(age, role): Decimal(row[role]) * 100 for role in ("employee", "spouse")}
    assert len(published) == 10 * 2 * 2
    assert quoted == published


PLANS = {
    "sdvi-modified-life-65": "Modified life at age 65",
    "sdvi-ordinary-life": "Ordinary life",
    "sdvi-20-payment-life": "20 payment life",
    "sdvi-30-payment-life": "30 payment life",
    "sdvi-20-year-endowment": "20 year endowment",
    "sdvi-endowment-60": "Endowment at age 60",
}


def test_sdvi_every_rate_once_the_cells_that_the_check_names_are_repaired(db: None) -> None:
    files = read_files(EDITIONS / "us-va/sdvi")
    repairs = {}
    for problem in errors(check_edition(files)[2]):
        _, row, mode = split_place(problem.where)
        assert row is not None
        repairs[row, mode] = problem.expected
        files = with_cell(files, "rates.csv", row, mode, problem.expected)
    assert len(repairs) == 7
    publish_edition(SYSTEM, files)
    published = {
        (line["plan"], int(line["age"]), mode): Decimal(repairs.get((row, mode), line[mode]))
        for row, line in enumerate(rows("us-va/sdvi/rates.csv"), start=2)
        for mode in ("monthly", "quarterly", "semiannual", "annual")
    }
    quoted = {
        (PLANS[offer.product], age, mode.value): amount
        for age in range(14, 76)
        for offer in offers(age, date(2014, 1, 1), 1000)
        for mode, amount in offer.premium.items()
    }
    assert len(published) == 317 * 4
    assert quoted == published

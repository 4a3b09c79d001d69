"""Riders can be bought by those who buy the product, and their tables hold all of them."""

import pytest

from tests.carriers.lines import Told, product, told_when

ADB = 'amount = { min = "50000", max = "300000" }'
WAIVER = "age = { max = 60 }"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "term-life",
            WAIVER,
            "age = { max = 39 }",
            ("contradicting_keys", product("rider[2].eligibility.age")),
        ),
        (
            "term-life",
            WAIVER,
            'classes = ["preferred", "super"]',
            ("not_in_list", product("rider[2].eligibility.classes")),
        ),
        (
            "term-life",
            'amount = "10000"',
            'amount = "30000"',
            ("out_of_range", product("rider[0].amount")),
        ),
        (
            "term-life",
            "included = true",
            'included = true\n[product.rider.eligibility]\namount = { min = "200000" }',
            ("contradicting_keys", product("rider[3].eligibility.amount.min")),
        ),
        (
            "medicare-supplement",
            '[[product]]\ncode = "medsup-community"',
            '[[product.rider]]\ncode = "travel"\nname = "Travel"\n[product.rider.eligibility]\n'
            'jurisdictions = { only = ["OH"] }\n'
            '[[product]]\ncode = "medsup-community"',
            ("contradicting_keys", product("rider[0].eligibility.jurisdictions.only")),
        ),
        (
            "disability-income",
            "age = { max = 41 }",
            "age = { max = 42 }",
            ("not_in_table", product("rider[1].eligibility.age.max")),
        ),
        (
            "term-life",
            'code = "child_term"',
            'code = "child-term"',
            ("bad_code", product("rider[0].code")),
        ),
        (
            "term-life",
            'code = "child_term"',
            'code = "waiver_of_premium"',
            ("duplicate_name", product("rider[2].code")),
        ),
        (
            "term-life",
            'percent_max = "100"',
            'percent_max = "20000"',
            ("out_of_range", product("rider[1].percent_max")),
        ),
        (
            "term-life",
            WAIVER,
            "terms = [{ term_years = 20 }]",
            ("unknown_key", product("rider[2].eligibility.terms")),
        ),
    ],
)
def test_riders_that_nobody_could_add_are_named(
    name: str, old: str, new: str, expected: Told
) -> None:
    assert expected in told_when(name, old, new)


def test_a_rider_without_ages_of_its_own_needs_rates_at_the_product_s() -> None:
    found = told_when("disability-income", "age = { max = 41 }\n", "")
    assert found == {("not_in_table", product("rider[1].eligibility.age.max"))}


def test_a_rider_table_that_nothing_reads_is_named() -> None:
    found = told_when("term-life", 'do = "share"\ntable = "waiver"', 'do = "share"\nby = "0.06"')
    assert found == {("table_not_used", "edition.toml table[2].name")}

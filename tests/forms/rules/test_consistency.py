"""Rules between answers, by example."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.consistency import KEYS, RULES, is_minor

TODAY = date(2026, 11, 23)
_SHARES = {"list": "heirs", "share": "share", "by": "class"}
_REPLACING = {"question": "replacing", "list": "covers", "field": "replace", "gate": "has"}


def _codes(rule: str, keys: dict[str, str], **values: Any) -> list[str]:
    return [p.code for p in RULES[rule](values, keys, TODAY)]


def _heirs(*shares: tuple[str, str]) -> list[dict[str, str]]:
    return [{"class": group, "share": share} for group, share in shares]


def test_shares_make_100_in_each_class() -> None:
    good = _heirs(("primary", "60"), ("primary", "40"), ("contingent", "100"))
    assert _codes("shares_add_up", _SHARES, heirs=good) == []
    short = _heirs(("primary", "60"), ("contingent", "99.99"))
    assert _codes("shares_add_up", _SHARES, heirs=short) == ["shares_not_100"] * 2


def test_a_share_not_given_is_missing_not_wrong() -> None:
    heirs = [{"class": "primary", "share": "60"}, {"class": "primary"}]
    assert _codes("shares_add_up", _SHARES, heirs=heirs) == []


@given(st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_shares_are_wrong_exactly_when_they_do_not_make_100(shares: list[int]) -> None:
    heirs = _heirs(*(("primary", str(share)) for share in shares))
    assert bool(_codes("shares_add_up", _SHARES, heirs=heirs)) is (sum(map(Decimal, shares)) != 100)


@pytest.mark.parametrize(
    ("said", "replaced", "codes"),
    [
        ("yes", "yes", []),
        ("no", "no", []),
        ("no", "yes", ["replacement_disagrees"]),
        ("yes", "no", ["replacement_disagrees"]),
        ("yes", None, []),
        (None, "yes", []),
    ],
)
def test_the_replacement_answers_agree(
    said: str | None, replaced: str | None, codes: list[str]
) -> None:
    covers = [{"company": "A", "replace": replaced}]
    assert _codes("list_agrees", _REPLACING, replacing=said, covers=covers, has="yes") == codes


def test_replacing_what_is_not_there_is_told_but_a_list_to_come_is_not() -> None:
    assert _codes("list_agrees", _REPLACING, replacing="yes", has="no") == ["replacement_disagrees"]
    assert _codes("list_agrees", _REPLACING, replacing="yes", has="yes", covers=[]) == []


def test_two_answers_that_must_agree() -> None:
    keys = {"first": "a", "second": "b"}
    assert _codes("same_answer", keys, a="no", b="yes") == ["answers_disagree"]
    assert _codes("same_answer", keys, a="no", b="no") == []
    assert _codes("same_answer", keys, a="no") == []


@pytest.mark.parametrize(
    ("born", "codes"),
    [
        ("1985-06-14", []),
        ("1930-01-01", ["age_out_of_range"]),
        ("2030-01-01", []),
        (None, []),
    ],
)
def test_an_age_lies_within_its_bounds(born: str | None, codes: list[str]) -> None:
    assert _codes("age_between", {"question": "born", "min": "0", "max": "90"}, born=born) == codes


def test_nothing_happens_before_birth() -> None:
    keys = {"earlier": "born", "later": "seen"}
    assert _codes("not_before", keys, born="1985-06-14", seen="1985-06-13") == ["before_birth"]
    assert _codes("not_before", keys, born="1985-06-14", seen="1985-06-14") == []


def test_a_policy_is_issued_in_a_possible_year() -> None:
    keys = {"earlier": "born", "list": "covers", "field": "year"}
    covers = [{"year": 1984}, {"year": 2000}, {"year": 2027}]
    found = list(RULES["year_not_before"]({"born": "1985-06-14", "covers": covers}, keys, TODAY))
    assert [p.where for p in found] == ["covers[0].year", "covers[2].year"]


def test_warnings_do_not_stop() -> None:
    found = [
        *RULES["differs"]({"a": "x@y.no", "b": "X@y.no"}, {"first": "a", "second": "b"}, TODAY),
        *RULES["never_used"](
            {"class": "Preferred", "said": "current"}, {"class": "class", "question": "said"}, TODAY
        ),
        *RULES["amount_explained"](
            {"amount": "3000000", "income": "90000"},
            {"amount": "amount", "income": "income", "times": "30"},
            TODAY,
        ),
    ]
    assert [p.code for p in found] == ["same_as", "class_disagrees", "amount_high"]
    assert {p.severity.value for p in found} == {"warning"}


def test_a_minor_does_not_own_the_policy() -> None:
    keys = {"born": "born", "question": "owns"}
    assert _codes("minor_needs_owner", keys, born="2015-01-01", owns="yes") == ["minor_owner"]
    assert _codes("minor_needs_owner", keys, born="2015-01-01", owns="no") == []
    assert _codes("minor_needs_owner", keys, born="2000-01-01", owns="yes") == []
    assert is_minor(date(2011, 11, 24), TODAY)
    assert not is_minor(date(2011, 11, 23), TODAY)


def _of(rule: str, values: dict[str, object], **keys: str) -> list[tuple[str, str, str]]:
    return [(p.code, p.where, p.found) for p in RULES[rule](values, keys, date(2026, 3, 1))]


def test_one_answer_implies_another() -> None:
    keys = {"first": "source", "is": "exchange", "second": "replacing", "must": "yes"}
    assert _of("implies", {"source": "exchange", "replacing": "no"}, **keys) == [
        ("answers_disagree", "replacing", "no")
    ]
    assert _of("implies", {"source": ["exchange", "cash"], "replacing": "yes"}, **keys) == []
    assert _of("implies", {"source": "cash", "replacing": "no"}, **keys) == []
    assert _of("implies", {"source": "exchange"}, **keys) == []


def test_a_contingent_heir_needs_a_primary_one() -> None:
    keys = {"list": "heirs", "by": "class", "value": "primary"}
    heirs = [{"class": "contingent"}]
    assert _of("group_needed", {"heirs": heirs}, **keys) == [
        ("group_missing", "heirs", "contingent")
    ]
    assert _of("group_needed", {"heirs": [*heirs, {"class": "primary"}]}, **keys) == []
    assert _of("group_needed", {"heirs": [{}]}, **keys) == []
    assert _of("group_needed", {}, **keys) == []


def test_an_heir_told_twice_in_one_class_is_named() -> None:
    keys = {"list": "heirs", "field": "name", "by": "class"}
    twice = [{"name": "Ann Lee", "class": "primary"}, {"name": "ann  lee", "class": "primary"}]
    assert _of("items_differ", {"heirs": twice}, **keys) == [
        ("told_twice", "heirs[1].name", "ann  lee")
    ]
    twice[1]["class"] = "contingent"
    assert _of("items_differ", {"heirs": twice}, **keys) == []


def test_a_build_that_nobody_has_is_told() -> None:
    keys = {"height": "h", "weight": "w"}
    assert _of("build_possible", {"h": 64, "w": 140}, **keys) == []
    assert _of("build_possible", {"h": 64, "w": 40}, **keys) == [("build_impossible", "w", "40")]
    assert _of("build_possible", {"h": 64}, **keys) == []


def test_an_owner_without_interest_says_what_they_would_lose() -> None:
    keys = {"relationship": "relation", "reason": "why"}
    assert _of("interest_explained", {"relation": "Friend"}, **keys) == [
        ("no_interest", "relation", "friend")
    ]
    assert _of("interest_explained", {"relation": "Friend", "why": "a loan"}, **keys) == []
    assert _of("interest_explained", {"relation": "Wife"}, **keys) == []


def test_every_rule_says_which_keys_it_takes() -> None:
    assert set(RULES) | {"medication_explained"} == set(KEYS)

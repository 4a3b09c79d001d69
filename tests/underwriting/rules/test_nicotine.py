from datetime import date
from typing import Any

import pytest

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide, GuideClass, Nicotine
from megler.carriers.rules.ratings import NicotineRule, Question, QuestionType
from megler.carriers.rules.when.reading import read_when
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.nicotine import (
    months_to_non_user,
    months_to_wait,
    nicotine_free,
    nicotine_statuses,
)
from megler.underwriting.rules.verdicts import State
from tests.underwriting.guides import ON, guide, person

ONE_YEAR = 12


@pytest.mark.parametrize(
    ("nicotine", "state"),
    [
        (..., State.OPEN),
        ([], State.MET),
        ([{"last_used": "2025-03-01"}], State.MET),
        ([{"last_used": "2025-03-02"}], State.FAILED),
        ([{"last_used": "2025-02"}], State.MET),
        ([{"last_used": "2025-03"}], State.OPEN),
        ([{"last_used": "2025-04"}], State.FAILED),
        ([{"last_used": None}], State.OPEN),
        ([{"last_used": None}, {"last_used": "2026-01-01"}], State.FAILED),
        ([{"last_used": "2010-01"}, {"last_used": "2026-01-01"}], State.FAILED),
    ],
)
def test_twelve_months_without_nicotine(nicotine: Any, state: State) -> None:
    assert nicotine_free(person(nicotine=nicotine), ONE_YEAR, ON) is state


def test_an_incomplete_list_proves_use_but_never_abstinence() -> None:
    assert nicotine_free(person(nicotine_complete=False), ONE_YEAR, ON) is State.OPEN
    user = person(nicotine=[{"last_used": "2026-01-01"}], nicotine_complete=False)
    assert nicotine_free(user, ONE_YEAR, ON) is State.FAILED


def test_a_month_has_passed_on_the_last_day_of_a_shorter_one() -> None:
    used = person(nicotine=[{"last_used": "2025-08-31"}])
    assert nicotine_free(used, 6, date(2026, 2, 28)) is State.MET
    assert nicotine_free(used, 6, date(2026, 2, 27)) is State.FAILED


def test_the_status_is_either_while_use_is_not_known() -> None:
    assert nicotine_statuses(person(), ON) == {Nicotine.NONE}
    assert nicotine_statuses(person(nicotine=...), ON) == {Nicotine.NONE, Nicotine.USER}


def test_a_guide_takes_for_a_non_user_whom_its_most_lenient_class_takes() -> None:
    rules = guide().guide
    assert rules is not None
    assert months_to_non_user(rules) == 12
    assert months_to_non_user(Guide((GuideClass("a", "A", "a", Nicotine.USER),))) == 12
    assert months_to_non_user(Guide((GuideClass("a", "A", "a"),))) is None


def test_the_wait_ends_on_the_first_month_that_is_long_enough() -> None:
    used = person(nicotine=[{"last_used": "2025-12-15"}])
    assert months_to_wait(used, ONE_YEAR, ON) == 10
    assert months_to_wait(person(nicotine=[{}]), ONE_YEAR, ON) is None


def by_product(*rules: NicotineRule) -> Edition:
    questions = (Question(None, "cotinine", QuestionType.CHOICE, "", ("negative", "positive")),)
    return guide(nicotine=rules, questions=questions)


CIGARS = (
    NicotineRule("preferred_plus", "cigar", 36, 6, read_when('cotinine == "negative"')),
    NicotineRule("preferred", "cigar", 24, 12),
    NicotineRule(None, "nicotine_gum", 6),
)


@pytest.mark.parametrize(
    ("use", "ends"),
    [
        ({"product": "cigar", "per_week": 0.2}, ("preferred", "preferred")),
        ({"product": "cigar", "details": {"per_year": 6}}, ("preferred_plus", "preferred")),
        ({"product": "cigar", "details": {"per_year": 13}}, ("preferred_tobacco",) * 2),
        ({"product": "cigar"}, ("preferred_plus", "preferred_tobacco")),
        ({"product": "cigarette"}, ("preferred_tobacco", "preferred_tobacco")),
        ({"product": "nicotine_gum"}, ("preferred_tobacco", "preferred_tobacco")),
    ],
)
def test_a_guide_may_take_each_product_in_its_own_way(
    use: dict[str, Any], ends: tuple[str, str]
) -> None:
    smoker = person(nicotine=[{"last_used": "2026-02-28", **use}])
    assert assess(by_product(*CIGARS), smoker, ON).class_range == ends


def test_a_product_has_a_look_back_of_its_own_and_the_wait_is_told() -> None:
    gum = person(nicotine=[{"product": "nicotine_gum", "last_used": "2025-09-01"}])
    chewed_later = person(nicotine=[{"product": "nicotine_gum", "last_used": "2025-09-02"}])
    rated = by_product(*CIGARS)
    assert assess(rated, gum, ON).class_code == "preferred_plus"
    found = assess(rated, chewed_later, ON)
    assert found.class_code == "preferred_tobacco"
    told = [r for r in found.improvements if r.code == "more_nicotine_free_months"]
    assert {r.params["more"] for r in told} == {"1"}


def test_a_condition_of_an_allowance_decides() -> None:
    six = {"product": "cigar", "last_used": "2026-02-28", "details": {"per_year": 6}}
    for result, code in (("negative", "preferred_plus"), ("positive", "preferred")):
        tested = person(nicotine=[six], details={"cotinine": result})
        assert assess(by_product(*CIGARS), tested, ON).class_code == code


def test_what_a_told_use_waits_for_is_asked_and_not_supposed() -> None:
    questions = (
        Question(
            None, "cotinine", QuestionType.CHOICE, "", ("negative", "positive"), usual="negative"
        ),
    )
    rated = guide(nicotine=CIGARS[:1], questions=questions)
    six = {"product": "cigar", "last_used": "2026-02-28", "details": {"per_year": 6}}
    found = assess(rated, person(nicotine=[six]), ON)
    assert found.class_range == ("preferred_plus", "preferred_tobacco")
    assert [one.fact for one in found.open] == ["details.cotinine"]
    assert found.likely is not None
    assert found.likely.class_code == "preferred_plus"


@pytest.mark.parametrize(
    ("use", "places"),
    [
        ({"last_used": "2026-02-28"}, ["nicotine[0].per_week", "details.cotinine"]),
        (
            {},
            ["nicotine[0].last_used", "nicotine[0].per_week", "details.cotinine"],
        ),
    ],
)
def test_an_open_use_is_asked_by_the_keys_to_fill_in(
    use: dict[str, Any], places: list[str]
) -> None:
    smoker = person(nicotine=[{"product": "cigar", **use}])
    found = assess(by_product(*CIGARS), smoker, ON)
    assert [one.fact for one in found.open if not one.supposed] == places

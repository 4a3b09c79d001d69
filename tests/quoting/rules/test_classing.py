from dataclasses import replace
from typing import Any

import pytest

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide, GuideClass, Nicotine
from megler.carriers.rules.steps import TableRatingStep
from megler.quoting.rules.asked import Assessments
from megler.quoting.rules.classing import (
    Classed,
    Unclassed,
    class_as_asked,
    class_by_guide,
    class_for,
    classes_of,
    without_class,
)
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.wishes import Wants
from tests.quoting.books import group_book, term_book
from tests.underwriting.guides import ON, guide, person

GUIDE = guide()
(TERM,) = term_book().edition.products
SOLD = classes_of(term_book(), TERM)
NON_USER, USER = {Nicotine.NONE}, {Nicotine.USER}


def classed(given: Edition = GUIDE, sold: tuple[str, ...] = SOLD, **facts: Any) -> Any:
    answer = assess(given, person(**facts), ON)
    return class_by_guide(answer, sold, given, TERM, NON_USER)


def test_classes_are_those_of_the_rates_that_the_product_lists() -> None:
    assert SOLD == ("preferred_plus", "preferred", "standard", "standard_tobacco")
    listed = replace(TERM.eligibility, classes=("standard", "preferred"))
    assert classes_of(term_book(), replace(TERM, eligibility=listed)) == ("standard", "preferred")
    assert classes_of(group_book(), group_book().edition.products[0]) == ()


def test_the_guides_class_is_priced() -> None:
    answer = classed(weight_lb=160)
    assert (answer.class_code, answer.rated_as, answer.status) == (
        "preferred",
        "preferred",
        Nicotine.NONE,
    )
    assert answer.class_range == ("preferred", "preferred")


@pytest.mark.parametrize(
    ("sold", "code"),
    [
        (("preferred_plus", "standard"), "standard"),
        (("preferred_plus", "standard_tobacco"), None),
        (("preferred",), "preferred"),
    ],
)
def test_where_the_class_is_not_sold_the_next_worse_for_the_same_status_is(
    sold: tuple[str, ...], code: str | None
) -> None:
    answer = classed(sold=sold, weight_lb=160)
    if code is None:
        assert isinstance(answer, Unclassed)
        assert answer.reasons[0].code == "class_not_sold"
    else:
        assert answer.class_code == code


def test_a_class_pays_the_rates_of_another_where_the_guide_says_so() -> None:
    credit = GuideClass("standard_plus", "Standard Plus", "standard", Nicotine.NONE)
    rules = GUIDE.guide or Guide(())
    richer = guide(classes=(credit, *rules.classes))
    answer = classed(richer)
    assert (answer.class_code, answer.rated_as) == ("standard_plus", "standard")


def test_what_an_underwriter_must_see_is_not_priced_and_says_why() -> None:
    answer = classed(weight_lb=300)
    assert isinstance(answer, Unclassed)
    assert [r.code for r in answer.reasons] == ["individual_consideration", "over_weight"]


def test_a_table_needs_a_product_that_rates_tables() -> None:
    assert classed(weight_lb=190).table == 2
    plain = replace(TERM, steps=tuple(s for s in TERM.steps if not isinstance(s, TableRatingStep)))
    heavy = assess(GUIDE, person(weight_lb=190), ON)
    answer = class_by_guide(heavy, SOLD, GUIDE, plain, NON_USER)
    assert isinstance(answer, Unclassed)
    assert answer.reasons[0].code == "table_not_sold"


def test_a_class_as_asked_is_marked_assumed() -> None:
    answer = class_as_asked("standard_tobacco", SOLD, GUIDE, NON_USER)
    assert isinstance(answer, Classed)
    assert (answer.status, answer.class_name) == (Nicotine.USER, "Standard Tobacco")
    assert [r.code for r in answer.assumptions] == ["class_assumed"]


def test_without_a_guide_a_class_asked_by_its_code_is_priced() -> None:
    tobacco = class_as_asked("standard_tobacco", SOLD, None, NON_USER)
    standard = class_as_asked("standard", SOLD, None, USER)
    assert isinstance(tobacco, Classed)
    assert isinstance(standard, Classed)
    assert (tobacco.status, standard.status) == (Nicotine.USER, Nicotine.USER)


def test_without_a_guide_the_class_that_the_product_takes_is_priced_and_marked() -> None:
    judged = Assessments({}, person(), ON)
    usual = replace(TERM, defaults={"class": "standard"})
    book = replace(term_book(), edition=replace(term_book().edition, products=(usual,)))
    answer = class_for(book, usual, judged, Wants())
    assert isinstance(answer, Classed)
    assert (answer.class_code, [r.code for r in answer.assumptions]) == (
        "standard",
        ["class_assumed"],
    )
    refused = class_for(term_book(), TERM, judged, Wants())
    assert isinstance(refused, Unclassed)
    assert refused.reasons[0].code == "no_guide"


def test_a_user_is_rated_from_the_worst_class_for_users() -> None:
    user = person(nicotine=[{"last_used": "2026-01-01"}])
    judged = Assessments({"fjordlife": [GUIDE]}, user, ON)
    answer = class_for(term_book(), TERM, judged, Wants(table=3))
    assert isinstance(answer, Classed)
    assert (answer.class_code, answer.table) == ("standard_tobacco", 3)


def test_a_class_that_is_not_sold_is_refused_by_name() -> None:
    answer = class_as_asked("super_preferred", SOLD, GUIDE, NON_USER)
    assert isinstance(answer, Unclassed)
    assert answer.reasons[0].params["class"] == "super_preferred"


def test_a_product_without_classes_supposes_no_nicotine_only_where_it_matters() -> None:
    (option,) = group_book().edition.products
    either = NON_USER | USER
    assert without_class(group_book(), option, either) == Classed(Nicotine.NONE)
    fussy = replace(option, eligibility=replace(option.eligibility, terms=(_FOR_NON_USERS,)))
    supposed = without_class(group_book(), fussy, either)
    assert [r.code for r in supposed.assumptions] == ["nicotine_assumed_none"]
    assert without_class(group_book(), fussy, USER).status is Nicotine.USER


_FOR_NON_USERS = replace(TERM.eligibility.terms[0], nicotine=Nicotine.NONE)

from datetime import date

from megler.underwriting.rules.people import Facts, Person, Wants
from megler.vocabulary.ages import AgeBasis


def test_a_given_age_stands_for_either_basis() -> None:
    one = Person(age=47)
    assert {one.ages(date(2026, 3, 1), basis) for basis in AgeBasis} == {(47, 47)}
    assert Person().ages(date(2026, 3, 1), AgeBasis.LAST) is None


def test_the_insured_is_who_has_the_role_and_else_the_first() -> None:
    child, parent = Person(id="c", role="child"), Person(id="p", role="insured")
    assert Facts((child, parent)).insured is parent
    assert Facts((child,)).insured is child
    assert Facts((child, parent)).lives_of(Wants(people=("c", "p"))) == (child, parent)

"""Which cases probably belong together."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.links import CasePeople, LinkKind, likely_links

KARI = CasePeople("1", "kari", "term_life", date(1980, 5, 1), "1 Palm Way", "33602")
OLA = CasePeople("2", "ola", "term_life", date(1978, 1, 1), "1 PALM  WAY", "33602-4411")


def kinds(one: CasePeople, *others: CasePeople) -> list[LinkKind]:
    return [likely.kind for likely in likely_links(one, others)]


def test_two_of_one_household_are_a_couple_or_parent_and_child_by_their_ages() -> None:
    assert kinds(KARI, OLA) == [LinkKind.SPOUSE]
    assert kinds(KARI, replace(OLA, born=date(2008, 1, 1))) == [LinkKind.FAMILY]


def test_an_address_that_is_not_known_joins_nobody() -> None:
    nowhere = replace(KARI, street="", zip="")
    assert kinds(nowhere, replace(OLA, street="", zip="")) == []


def test_two_open_cases_of_one_client_for_one_line_are_alternatives() -> None:
    again = replace(KARI, case="3")
    assert kinds(KARI, again) == [LinkKind.ALTERNATIVE]
    assert kinds(KARI, replace(again, is_open=False)) == []
    assert kinds(KARI, replace(again, line="disability")) == []


def test_cases_that_one_business_owns_or_pays_belong_together_whoever_is_insured() -> None:
    owned = replace(KARI, owners=frozenset({"fjord"}), street="", zip="")
    partner = replace(OLA, owners=frozenset({"fjord", "bank"}))
    assert kinds(owned, partner) == [LinkKind.BUSINESS]


def test_the_owner_of_one_who_is_insured_by_the_other_is_family() -> None:
    assert kinds(replace(KARI, owners=frozenset({"ola"})), OLA) == [LinkKind.FAMILY]


def test_the_surest_comes_first() -> None:
    again = replace(KARI, case="3")
    assert kinds(KARI, OLA, again) == [LinkKind.ALTERNATIVE, LinkKind.SPOUSE]


_PEOPLE = st.builds(
    CasePeople,
    case=st.sampled_from("1234"),
    client=st.sampled_from(["kari", "ola"]),
    line=st.sampled_from(["term_life", "annuity"]),
    born=st.none() | st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    street=st.sampled_from(["", "1 Palm Way", "2 Oak St"]),
    zip=st.sampled_from(["", "33602"]),
    owners=st.frozensets(st.sampled_from(["kari", "ola", "fjord"]), max_size=2),
    is_open=st.booleans(),
)


@given(_PEOPLE, _PEOPLE)
def test_whoever_is_asked_first_the_answer_is_the_same(one: CasePeople, other: CasePeople) -> None:
    assert kinds(one, other) == kinds(other, one)

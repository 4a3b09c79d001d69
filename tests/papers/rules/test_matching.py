"""To whom a paper belongs: never sure by the name alone, never to another birth date."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from megler.papers.rules.clues import Clues
from megler.papers.rules.kinds import PaperKind
from megler.papers.rules.matching import Candidate, Certainty, Why, propose
from megler.vocabulary.codes import RequirementKind

BORN, OTHER = date(1979, 2, 11), date(1984, 7, 1)
KARI = Candidate("a", 10001, (("kari hope", BORN),), "NL-17", needs=(("r1", RequirementKind.APS),))
NAMESAKE = Candidate("b", 10002, (("kari hope", OTHER),))
UNBORN = Candidate("c", 10003, (("kari hope", None),))


def test_name_and_birth_date_are_sure_and_bring_the_requirement() -> None:
    [best, barred] = propose(Clues(("kari hope",), (BORN,)), PaperKind.APS, [NAMESAKE, KARI])
    assert (best.case, best.certainty, best.requirements) == ("a", Certainty.SURE, ("r1",))
    assert Why.SAME_NAME in best.reasons
    assert (barred.case, barred.certainty) == ("b", Certainty.BARRED)


def test_a_name_alone_is_never_sure() -> None:
    [only] = propose(Clues(("kari hope",)), PaperKind.APS, [KARI])
    assert only.certainty is Certainty.LIKELY


def test_a_number_is_sure_unless_the_birth_date_is_another() -> None:
    for told in (Clues(references=(10001,)), Clues(numbers=("NL17",))):
        assert propose(told, PaperKind.OTHER, [KARI])[0].certainty is Certainty.SURE
        wrong = replace(told, births=(OTHER,))
        assert propose(wrong, PaperKind.OTHER, [KARI])[0].certainty is Certainty.BARRED


def test_a_vendors_number_is_known() -> None:
    called = replace(KARI, called=("V8812",))
    [found] = propose(Clues(numbers=("V8812",)), PaperKind.OTHER, [called, NAMESAKE])
    assert (found.case, found.reasons[0]) == ("a", Why.CALLED)


def test_two_that_are_equally_sure_make_neither_sure() -> None:
    twin = replace(KARI, case="d", number=10004, policy_number="", needs=KARI.needs)
    found = propose(Clues(("kari hope",), (BORN,)), PaperKind.APS, [KARI, twin])
    assert {one.certainty for one in found} == {Certainty.LIKELY}


def test_who_has_no_known_birth_date_is_not_barred_but_not_sure() -> None:
    [found] = propose(Clues(("kari hope",), (BORN,)), PaperKind.APS, [UNBORN])
    assert found.certainty is Certainty.LIKELY


def test_an_open_case_that_needs_it_comes_first() -> None:
    closed = replace(KARI, case="e", number=10005, needs=(), is_open=False, policy_number="")
    found = propose(Clues(("kari hope",), (BORN,)), PaperKind.APS, [closed, KARI])
    assert [one.case for one in found] == ["a", "e"]


@given(
    st.sets(st.sampled_from(["kari hope", "ola hope"])),
    st.sets(st.sampled_from([BORN, OTHER])),
    st.sets(st.sampled_from([10001, 10002, 10003])),
    st.sampled_from(PaperKind),
)
def test_nobody_with_another_birth_date_is_ever_more_than_barred(
    names: set[str], births: set[date], numbers: set[int], kind: PaperKind
) -> None:
    told = Clues(tuple(names), tuple(births), tuple(numbers))
    born = {one.case: one.people[0][1] for one in (KARI, NAMESAKE, UNBORN)}
    for one in propose(told, kind, [KARI, NAMESAKE, UNBORN]):
        day = born[one.case]
        assert (one.certainty is Certainty.BARRED) == bool(births and day and day not in births)
        if one.certainty is Certainty.SURE:
            assert set(one.reasons) & {Why.REFERENCE, Why.BIRTH_DATE}

"""What on file may be used again, to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.ratings import EvidenceRule, OrderedBy
from megler.underwriting.rules.evidence import ANY_AGE, Reuse, evidence_for, terms_of
from megler.underwriting.rules.people import Day, Evidence
from megler.vocabulary.codes import RequirementKind as Kind
from tests.underwriting.evidence_guides import evidence_guide
from tests.underwriting.guides import ON

GUIDE = evidence_guide()


def held(kind: Kind, made: date, last: date | None = None) -> Evidence:
    return Evidence(kind, Day(made, last or made), "tundra-life")


def reuse(kind: Kind, *evidence: Evidence, ages: tuple[int, int] = (47, 47)) -> Reuse | None:
    return evidence_for(GUIDE, kind, evidence, ages, ON)[0]


def codes(kind: Kind, *evidence: Evidence) -> list[str]:
    return [reason.code for reason in evidence_for(GUIDE, kind, evidence, (47, 47), ON)[1]]


@given(st.integers(0, 800))
def test_evidence_serves_to_its_last_day_and_not_a_day_longer(days_old: int) -> None:
    found = reuse(Kind.BLOOD_PROFILE, held(Kind.BLOOD_PROFILE, ON - timedelta(days=days_old)))
    assert (found is not None) is (days_old <= 365)
    if found:
        assert found.until == ON + timedelta(days=365 - days_old)


def test_the_old_have_less_time_and_an_open_age_the_shorter() -> None:
    blood = held(Kind.BLOOD_PROFILE, ON - timedelta(days=200))
    assert reuse(Kind.BLOOD_PROFILE, blood, ages=(60, 60)) is not None
    assert reuse(Kind.BLOOD_PROFILE, blood, ages=(61, 61)) is None
    assert reuse(Kind.BLOOD_PROFILE, blood, ages=(60, 61)) is None
    assert reuse(Kind.BLOOD_PROFILE, blood, ages=ANY_AGE) is None


def test_a_month_counts_from_its_first_day() -> None:
    month = held(Kind.BLOOD_PROFILE, date(2025, 3, 1), date(2025, 3, 31))
    found = reuse(Kind.BLOOD_PROFILE, month)
    assert found is not None
    assert found.until == ON


def test_of_several_the_one_that_serves_longest_is_used_and_says_for_whom_it_was_made() -> None:
    older, newer = (held(Kind.BLOOD_PROFILE, ON - timedelta(days=d)) for d in (90, 30))
    found = reuse(Kind.BLOOD_PROFILE, older, newer)
    assert found is not None
    assert (found.on, found.carrier) == (ON - timedelta(days=30), "tundra-life")
    assert (found.reason.code, found.reason.source.page) == ("reuse_until", "7")


@pytest.mark.parametrize(("days_old", "serves"), [(30, True), (31, False)])
def test_a_doctors_exam_stands_for_lesser_ones_for_its_own_days(
    days_old: int, serves: bool
) -> None:
    exam = held(Kind.MD_EXAM, ON - timedelta(days=days_old))
    found = reuse(Kind.PARAMEDICAL_EXAM, exam)
    assert (found is not None) is serves
    if found:
        assert (found.kind, found.reason.code) == (Kind.MD_EXAM, "reuse_instead")
        assert found.reason.source.page == "8"


def test_what_does_not_serve_says_why() -> None:
    assert codes(Kind.BLOOD_PROFILE, Evidence(Kind.BLOOD_PROFILE)) == ["evidence_undated"]
    assert codes(Kind.ECG, held(Kind.ECG, ON)) == ["evidence_not_said"]
    assert codes(Kind.MIB, held(Kind.MIB, ON - timedelta(days=91))) == ["evidence_too_old"]
    assert codes(Kind.ECG, held(Kind.MIB, ON)) == []


def test_a_guide_that_names_no_end_leaves_it_open() -> None:
    found = reuse(Kind.MVR, held(Kind.MVR, date(2020, 1, 1)))
    assert found is not None
    assert (found.until, found.reason.code) == (None, "reuse")


def test_terms_are_the_more_cautious_where_the_age_is_open() -> None:
    rules = (
        EvidenceRule(Kind.APS, OrderedBy.AGENCY, 14, 180, None, 50),
        EvidenceRule(Kind.APS, OrderedBy.AGENT, 30, 90, 51, None),
    )
    found = terms_of(evidence_guide(evidence=rules), Kind.APS, (50, 51))
    assert found is not None
    assert (found.usual_days, found.valid_days) == (30, 90)
    assert terms_of(evidence_guide(evidence=rules), Kind.ECG, (50, 51)) is None

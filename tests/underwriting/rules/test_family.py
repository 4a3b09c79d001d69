from dataclasses import replace

import pytest

from megler.carriers.rules.guide import FamilyCondition, FamilyEvent, FamilyRelation, FamilyRule
from megler.underwriting.rules.family import condition_groups, family_verdicts, is_broken
from megler.underwriting.rules.verdicts import State, Subject, Verdict
from megler.vocabulary.codes import Sex
from tests.underwriting.guides import ON, guide, person

HEART, CANCER = FamilyCondition.CARDIOVASCULAR, FamilyCondition.CANCER


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Coronary artery disease", {HEART}),
        ("myocardial infarction", {HEART}),
        ("CAD", {HEART}),
        ("clogged arteries (CAD).", {HEART}),
        ("cascade failure", set()),
        ("CVA / stroke", {FamilyCondition.STROKE}),
        ("breast cancer", {CANCER}),
        ("Melanoma", {CANCER}),
        ("heart attack, colon cancer", {HEART, CANCER}),
        ("Type 2 diabetes", {FamilyCondition.DIABETES}),
        ("old age", set()),
        ("", set()),
    ],
)
def test_an_illness_in_words_counts_in_its_groups(text: str, groups: set[FamilyCondition]) -> None:
    assert condition_groups(text) == groups


def test_an_incomplete_family_may_still_fail_but_never_pass() -> None:
    edition = guide()
    assert edition.guide is not None
    plus = edition.guide.classes[0]
    dead = {"relation": "father", "condition": "heart attack", "death_age": 50}
    for family, state in (([], State.OPEN), ([dead], State.FAILED)):
        one = person(family=family, family_complete=False)
        subject = Subject(edition.name, edition.guide, one, ON, (47, 47))
        assert [v.state for v in family_verdicts(subject, plus)] == [state]


def test_a_rule_is_broken_where_its_class_fails_whatever_else_is_open() -> None:
    edition = guide()
    assert edition.guide is not None
    for age in (None, 50, 59, 60, 75):
        one = person(family=[{"relation": "father", "condition": "stroke", "death_age": age}])
        subject = Subject(edition.name, edition.guide, one, ON, (47, 47))
        for given in edition.guide.classes:
            failed = any(v.state is State.FAILED for v in family_verdicts(subject, given))
            own = [rule for rule in edition.guide.family if rule.class_code == given.code]
            assert failed == any(is_broken(rule, one.family or ()) for rule in own)


_RULE = FamilyRule(
    "preferred_plus", FamilyRelation.ANY, CANCER, FamilyEvent.ONSET, 60, 0,
    age_to=69, sex=Sex.MALE, but=("breast_cancer", "ovarian_cancer"),
)  # fmt: skip


def asked(rule: FamilyRule, illness: str, ages: tuple[int, int] | None, sex: Sex | None) -> Verdict:
    edition = guide()
    assert edition.guide is not None
    one = person(family=[{"relation": "mother", "condition": illness, "onset_age": 45}])
    rules = replace(edition.guide, family=(rule,))
    subject = Subject(edition.name, rules, replace(one, sex=sex), ON, ages)
    (found,) = family_verdicts(subject, edition.guide.classes[0])
    return found


@pytest.mark.parametrize(
    ("illness", "ages", "sex", "state", "fact"),
    [
        ("colon cancer", (69, 69), Sex.MALE, State.FAILED, "family"),
        ("colon cancer", (70, 70), Sex.MALE, State.MET, "family"),
        ("colon cancer", (69, 70), Sex.MALE, State.OPEN, "born"),
        ("colon cancer", None, Sex.MALE, State.OPEN, "born"),
        ("colon cancer", (50, 50), Sex.FEMALE, State.MET, "family"),
        ("colon cancer", (50, 50), None, State.OPEN, "sex"),
        ("breast cancer", (50, 50), Sex.MALE, State.MET, "family"),
        ("ovarian cancer", (50, 50), Sex.MALE, State.MET, "family"),
        ("breast cancer, colon cancer", (50, 50), Sex.MALE, State.FAILED, "family"),
        ("cancer", (50, 50), Sex.MALE, State.OPEN, "family"),
    ],
)
def test_whom_a_rule_asks_and_what_does_not_count(
    illness: str, ages: tuple[int, int] | None, sex: Sex | None, state: State, fact: str
) -> None:
    found = asked(_RULE, illness, ages, sex)
    assert (found.state, found.fact) == (state, fact)


def test_an_exception_leaves_out_its_kinds() -> None:
    every = replace(_RULE, but=("cancer",))
    assert asked(every, "melanoma", (50, 50), Sex.MALE).state is State.MET
    any_illness = replace(_RULE, condition=FamilyCondition.ANY)
    assert asked(any_illness, "breast cancer", (50, 50), Sex.MALE).state is State.MET
    assert asked(any_illness, "stroke", (50, 50), Sex.MALE).state is State.FAILED

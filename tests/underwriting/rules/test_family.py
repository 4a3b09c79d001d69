import pytest

from megler.carriers.rules.guide import FamilyCondition
from megler.underwriting.rules.family import condition_groups, family_verdicts, is_broken
from megler.underwriting.rules.verdicts import State, Subject
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

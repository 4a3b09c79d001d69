"""Compound class rules as boxes of figures rule out what the assessment rules out."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.ratings import ClassRule, Question, QuestionType
from megler.carriers.rules.when.tree import All, Among, Any, Compare, Fact, Not, Sign, When
from megler.underwriting.rules.compiled import can_compile, compile_classes
from megler.underwriting.rules.compiled_facts import BIG
from megler.underwriting.rules.compiled_rules import boxes_of, makes_boxes
from megler.underwriting.rules.people import BloodPressure, Cholesterol, Person
from megler.vocabulary.ages import AgeBasis
from tests.underwriting.guides import guide
from tests.underwriting.rules.test_compiled import PEOPLE, classes_assessed, classes_found

ASKED = (
    Question(None, "pulse_medicines", QuestionType.NUMBER, "How many?", usual="2"),
    Question(None, "cotinine", QuestionType.CHOICE, "Cotinine?", values=("positive", "negative")),
    Question(None, "seen", QuestionType.DATE, "When?"),
)


def ruled(*rules: ClassRule) -> Edition:
    base = guide()
    assert base.guide is not None
    return replace(base, guide=replace(base.guide, rules=rules, questions=ASKED))


def requires(when: When, only_if: When | None = None) -> Edition:
    return ruled(ClassRule("preferred_plus", when, only_if))


def compare(name: str, sign: Sign, value: Decimal | str | bool, *arguments: str) -> Compare:
    return Compare(Fact(name, arguments), sign, value)


def figure(name: str, least: int, most: int, places: int = 0) -> st.SearchStrategy[Compare]:
    values = st.decimals(least, most, places=places)
    return st.builds(compare, st.just(name), st.sampled_from(Sign), values)


_RATIO = st.builds(
    compare,
    st.just("cholesterol_ratio"),
    st.sampled_from([Sign.AT_MOST, Sign.ABOVE]),
    st.decimals(3, 7, places=1),
)
_LEAVES = st.one_of(
    figure("age", 18, 70),
    figure("systolic", 110, 150, 1),
    figure("diastolic", 65, 95),
    figure("bmi", 20, 35, 1),
    figure("cholesterol_total", 150, 300, 2),
    _RATIO.map(
        lambda one: one if one.sign is Sign.AT_MOST else Not(replace(one, sign=Sign.AT_MOST))
    ),
    st.builds(
        compare,
        st.sampled_from(["pressure_treated", "cholesterol_treated"]),
        st.sampled_from([Sign.IS, Sign.IS_NOT]),
        st.booleans(),
    ),
    st.builds(
        compare,
        st.just("sex"),
        st.sampled_from([Sign.IS, Sign.IS_NOT]),
        st.sampled_from(["female", "male", "other"]),
    ),
    st.builds(
        Among, st.just(Fact("sex")), st.lists(st.sampled_from(["female", "male"])).map(tuple)
    ),
    st.just(compare("count", Sign.AT_MOST, Decimal(1), "dui", "36")),
    st.just(compare("has", Sign.IS, True, "stroke")),
    st.just(compare("pulse_medicines", Sign.AT_MOST, Decimal(1))),
    st.just(compare("cotinine", Sign.IS, "negative")),
    st.just(compare("income_annual", Sign.AT_LEAST, Decimal(10_000))),
)
_WHENS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
_RULES = st.lists(
    st.builds(
        ClassRule,
        class_code=st.sampled_from([None, "preferred_plus", "preferred", "preferred_tobacco"]),
        requires=_WHENS,
        when=st.none() | _WHENS,
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(_RULES, PEOPLE)
def test_rules_rule_out_as_in_the_assessment(rules: list[ClassRule], person: Person) -> None:
    edition = ruled(*rules)
    if can_compile(edition):
        table = compile_classes((edition, basis) for basis in AgeBasis)
        assert classes_found(table, person) == classes_assessed(table, person)


@pytest.mark.parametrize("total", ["239.99", "240", "240.01", "260", "260.01"])
@pytest.mark.parametrize("ratio", ["5.0", "5.001", "5.5", "5.501"])
def test_a_compound_rule_decides_to_the_hundredth(total: str, ratio: str) -> None:
    def below(most: str, most_ratio: str) -> When:
        parts = (("cholesterol_total", most), ("cholesterol_ratio", most_ratio))
        return All(tuple(compare(name, Sign.AT_MOST, Decimal(one)) for name, one in parts))

    edition = ruled(ClassRule("standard", Any((below("240", "5.5"), below("260", "5.0")))))
    table = compile_classes([(edition, AgeBasis.LAST)])
    person = Person(age=40, nicotine=(), cholesterol=Cholesterol(Decimal(total), Decimal(ratio)))
    assert classes_found(table, person) == classes_assessed(table, person)


def test_a_rule_of_the_treated_says_nothing_of_whom_that_is_not_known() -> None:
    treated = compare("pressure_treated", Sign.IS, True)
    edition = requires(compare("systolic", Sign.AT_MOST, Decimal(110)), treated)
    table = compile_classes([(edition, AgeBasis.LAST)])
    for told, code in ((True, "preferred"), (False, "preferred_plus"), (None, "preferred_plus")):
        person = Person(age=40, nicotine=(), blood_pressure=BloodPressure(120, 70, told))
        assert classes_found(table, person) == [(code, None)]


def test_a_rule_of_every_class_is_for_users_too() -> None:
    edition = ruled(ClassRule(None, compare("systolic", Sign.BELOW, Decimal(120))))
    assert edition.guide is not None
    ((codes, box),) = boxes_of(edition.guide)
    assert codes == {one.code for one in edition.guide.classes}
    assert box == {"systolic": (120, BIG)}


@pytest.mark.parametrize(
    "when",
    [
        compare("weight_lb", Sign.AT_MOST, Decimal(200)),
        compare("amount", Sign.AT_MOST, Decimal(200_000)),
        compare("nicotine", Sign.IS, "none"),
        compare("count", Sign.AT_MOST, Decimal(12), "cigar"),
        compare("seen", Sign.AT_MOST, Decimal(12)),
        compare("cholesterol_ratio", Sign.BELOW, Decimal(5)),
        compare("cholesterol_total", Sign.AT_MOST, Decimal("200.005")),
        compare("systolic", Sign.IS, "high"),
        All(
            tuple(
                Any(tuple(compare(name, Sign.IS, Decimal(n)) for n in range(20)))
                for name in ("age", "systolic")
            )
        ),
    ],
)
def test_a_rule_that_figures_cannot_decide_is_left_to_the_assessment(when: When) -> None:
    edition = requires(Not(when))
    assert edition.guide is not None
    assert not makes_boxes(edition.guide)
    assert not can_compile(edition)

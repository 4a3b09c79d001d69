"""Rows that hold together weigh what the guide says, at the mild end and at the harsh one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.ratings import (
    CountedFrom,
    Listed,
    OutcomeKind,
    Question,
    QuestionType,
    Rating,
)
from megler.carriers.rules.when.tree import facts_in
from megler.underwriting.rules.burdens import Burden, at_least, floored, harshest, weight
from megler.underwriting.rules.knowledge import Life
from megler.underwriting.rules.mentions import mention_of
from megler.underwriting.rules.people import Day, Entry
from megler.underwriting.rules.weighing import Fired, Weigher
from megler.underwriting.rules.whens import OneOf
from tests.underwriting.guides import ON, person
from tests.underwriting.rated_guides import QUESTIONS, rated_guide, rating

GUIDE = rated_guide().guide
assert GUIDE is not None
DAY = Day(date(2025, 11, 20), date(2025, 11, 20))
ENTRY = mention_of(GUIDE, "conditions[0]", Listed.CONDITIONS, Entry("asthma", since=DAY))
LIFE = Life(GUIDE, person(), ON, (47, 47), None, frozenset({Nicotine.NONE}), (ENTRY,))
WEIGH = Weigher(LIFE, ENTRY)


def row(verb: str, best: str, worst: str = "", **more: object) -> Rating:
    return rating("asthma", verb, "", best, worst, **more)


def fired_of(one: Rating) -> Fired:
    return Fired(one, WEIGH.ends(one))


def holds(verb: str, best: str, worst: str = "", **more: object) -> Fired:
    return fired_of(row(verb, best, worst, **more))


def may_hold(verb: str, best: str, worst: str = "", **more: object) -> Fired:
    return replace(holds(verb, best, worst, **more), is_open=True)


def test_points_that_surely_hold_count_at_both_ends_and_others_only_where_they_hurt_or_help() -> (
    None
):
    fired = [holds("base", "+50", "+75"), may_hold("add", "+25"), may_hold("add", "-25")]
    assert WEIGH.best(WEIGH.load(fired)).points == 25
    assert WEIGH.worst(WEIGH.load(fired)).points == 100


def test_credits_never_make_less_than_nothing() -> None:
    fired = [holds("base", "+25"), holds("add", "-50")]
    assert (WEIGH.best(WEIGH.load(fired)).points, WEIGH.worst(WEIGH.load(fired)).points) == (0, 0)
    assert floored(Burden(points=-25)) == Burden()


def test_of_several_bases_that_may_hold_the_mildest_and_the_harshest_are_the_ends() -> None:
    fired = [may_hold("base", "standard"), may_hold("base", "table_4", "decline")]
    assert WEIGH.best(WEIGH.load(fired)) == Burden(cap=0)
    assert WEIGH.worst(WEIGH.load(fired)).end is OutcomeKind.DECLINE


def waiting(verb: str, when: str, best: str, worst: str = "") -> Fired:
    """A row that waits for the facts that it names."""
    one = rating("asthma", verb, when, best, worst)
    return replace(fired_of(one), is_open=True, facts=tuple(facts_in(one.when)))


def weigher(*rows: Fired) -> Weigher:
    """Who weighs these rows in a guide of their own; nothing is known of any fact."""
    edition = rated_guide(
        ratings=tuple(one.rating for one in rows), questions=(*QUESTIONS, *OF_ASTHMA)
    )
    assert edition.guide is not None
    return Weigher(replace(LIFE, guide=edition.guide), ENTRY)


OF_ASTHMA = (
    Question("asthma", "steroids", QuestionType.FLAG, "Steroids?"),
    Question("asthma", "attacks", QuestionType.NUMBER, "Attacks a year?"),
)


def test_one_answer_alone_leads_to_its_worst_and_all_else_turns_out_the_best() -> None:
    base = holds("base", "table_2", "table_3")
    adds, limit = waiting("add", "steroids", "+50"), waiting("at_least", "attacks > 9", "postpone")
    credit = waiting("add", 'severity == "mild"', "-25")
    rows = [base, adds, limit, credit]
    weigh = weigher(*rows)
    alone = [weigh.alone(weigh.load(rows), [one], one.facts) for one in rows[1:]]
    assert [one.points for one in alone] == [75, 25, 50]
    assert [one.end for one in alone] == [None, OutcomeKind.POSTPONE, None]


def test_rows_of_different_answers_to_one_question_never_add_up() -> None:
    rows = [
        holds("base", "table_2"),
        waiting("add", 'severity == "mild"', "+25"),
        waiting("add", 'severity == "moderate"', "+50"),
        waiting("add", 'severity == "severe"', "+75"),
    ]
    weigh = weigher(*rows)
    load = weigh.load(rows)
    assert (weigh.best(load).points, weigh.worst(load).points) == (75, 125)


def test_a_base_and_what_adds_to_it_are_of_the_same_answer() -> None:
    rows = [
        waiting("base", "attacks < 2", "any"),
        waiting("base", "2 <= attacks < 5", "table_2"),
        waiting("base", "attacks >= 5", "table_4"),
        waiting("add", "attacks < 4", "+100"),
        waiting("at_least", "attacks == 0", "decline"),
    ]
    weigh = weigher(*rows)
    load = weigh.load(rows)
    assert weigh.best(load).points == 50
    assert weigh.worst(load).points == 150
    assert weigh.worst(load).end is OutcomeKind.DECLINE


def test_what_is_half_known_leaves_only_the_answers_that_it_may_be() -> None:
    rows = [
        holds("base", "any"),
        waiting("add", 'severity == "mild"', "+25"),
        waiting("add", 'severity == "severe"', "+75"),
    ]
    weigh = replace(weigher(*rows), known=lambda _fact: OneOf(frozenset({"mild", "moderate"})))
    assert weigh.worst(weigh.load(rows)).points == 25


def test_the_worst_is_less_where_a_row_turns_out_well() -> None:
    insulin = may_hold("add", "+50")
    fired = [holds("base", "table_2"), insulin, may_hold("add", "+25")]
    assert WEIGH.worst(WEIGH.load(fired)).points == 125
    assert WEIGH.worst(WEIGH.load(fired), but=frozenset({id(insulin.rating)})).points == 75


@pytest.mark.parametrize(
    ("least", "said"),
    [("standard", False), ("table_2", False), ("table_3", True), ("decline", True)],
)
def test_a_limit_that_something_else_is_beyond_already_says_nothing(least: str, said: bool) -> None:
    fired = [holds("base", "table_2"), holds("at_least", least)]
    assert (fired[1] in WEIGH.telling(WEIGH.load(fired))) is said


def test_of_two_limits_only_the_stricter_says_something() -> None:
    fired = [holds("base", "any"), holds("at_least", "standard"), holds("at_least", "table_4")]
    assert WEIGH.telling(WEIGH.load(fired)) == [fired[0], fired[2]]


def test_a_postponement_or_consideration_that_are_both_possible_reach_the_postponement() -> None:
    row_of_both = may_hold("base", "postpone", "individual_consideration")
    fired = [row_of_both, may_hold("base", "individual_consideration")]
    assert WEIGH.worst(WEIGH.load(fired)).end is OutcomeKind.POSTPONE
    assert WEIGH.best(WEIGH.load(fired)).end is OutcomeKind.INDIVIDUAL_CONSIDERATION


def test_what_the_guide_does_not_list_is_left_to_an_underwriter() -> None:
    assert WEIGH.best(WEIGH.load([], True)).end is OutcomeKind.INDIVIDUAL_CONSIDERATION
    assert WEIGH.worst(WEIGH.load([], True)).end is OutcomeKind.INDIVIDUAL_CONSIDERATION


@pytest.mark.parametrize(
    ("best", "worst", "points"),
    [
        ("table_2", "table_4", 75),
        ("table_2", "table_3", Fraction(125, 2)),
        ("+50", "+75", Fraction(125, 2)),
        ("+50", "+85", Fraction(135, 2)),
        ("standard", "table_2", 25),
        ("table_2", "decline", 50),
    ],
)
def test_an_underwriter_gives_the_middle_of_a_row(
    best: str, worst: str, points: Fraction | int
) -> None:
    assert WEIGH.middle(row("base", best, worst)).points == points


@pytest.mark.parametrize(
    ("counted_from", "until"),
    [
        (CountedFrom.SINCE, date(2026, 5, 20)),
        (CountedFrom.TODAY, date(2026, 9, 1)),
        (CountedFrom.UNTIL, None),
    ],
)
def test_a_postponement_counts_from_the_day_the_row_names(
    counted_from: CountedFrom, until: date | None
) -> None:
    one = row("base", "postpone", postpone_months=6, counted_from=counted_from)
    assert WEIGH.ends(one).best.until == until


def test_a_flat_extra_is_low_at_the_mild_end_and_none_where_there_is_no_policy() -> None:
    one = row("base", "standard", "decline", extra=("2.50", 3))
    assert [e.per_1000 for e in WEIGH.ends(one).best.extras] == [Decimal("2.50")]
    assert WEIGH.ends(one).worst.extras == ()


BURDENS = st.builds(
    Burden,
    points=st.integers(0, 200),
    cap=st.none() | st.integers(0, 4),
    end=st.none() | st.sampled_from(list(OutcomeKind)[-3:]),
    as_user=st.booleans(),
)


@given(BURDENS, BURDENS)
def test_at_least_is_never_milder_than_either(total: Burden, least: Burden) -> None:
    both = at_least(total, least)
    assert weight(both) >= max(weight(total), weight(least))


@given(st.lists(BURDENS, max_size=4))
def test_nothing_goes_beyond_the_harshest(burdens: list[Burden]) -> None:
    worst = harshest(burdens)
    assert all(weight(one) <= weight(worst) and one.points <= worst.points for one in burdens)


def test_of_two_postponements_the_later_day_stands() -> None:
    first = Burden(end=OutcomeKind.POSTPONE, until=date(2026, 5, 1))
    last = Burden(end=OutcomeKind.POSTPONE, until=date(2026, 9, 1))
    assert at_least(first, last).until == at_least(last, first).until == date(2026, 9, 1)
    assert at_least(first, Burden(end=OutcomeKind.POSTPONE)).until is None

from typing import Any

from megler.carriers.rules.guide import Guide, Nicotine
from megler.underwriting.rules.build import rows_at_height
from megler.underwriting.rules.ladder import Ladder, ladder_for
from megler.underwriting.rules.verdicts import State, Subject
from tests.underwriting.guides import ON, guide, person

RULES = guide().guide or Guide(())


def ladder(status: Nicotine, **facts: Any) -> Ladder:
    one = person(**facts)
    subject = Subject("x", RULES, one, ON, (47, 47))
    return ladder_for(subject, status, rows_at_height(RULES, one))


def test_a_ladder_has_every_class_and_then_the_tables_of_the_last_for_the_status() -> None:
    for status, base in ((Nicotine.NONE, "standard"), (Nicotine.USER, "standard_tobacco")):
        candidates = ladder(status, weight_lb=...).candidates
        assert [c.code for c in candidates[-3:]] == ["standard_tobacco", "table_2", "table_4"]
        assert {c.one.code for c in candidates[-2:]} == {base}


def test_a_ladder_ends_where_nothing_worse_can_come() -> None:
    surely = ladder(Nicotine.NONE)
    assert [c.state for c in surely.candidates].index(State.MET) == len(surely.candidates) - 1
    assert surely.worst == len(surely.candidates) - 1


def test_classes_of_the_other_status_are_ruled_out() -> None:
    user = ladder(Nicotine.USER, nicotine=..., weight_lb=...)
    states = {c.code: c.state for c in user.candidates[:5]}
    assert [code for code, s in states.items() if s is not State.FAILED] == [
        "preferred_tobacco",
        "standard_tobacco",
    ]


def test_supposed_a_non_user_the_longest_wait_stays_open_and_the_shortest_is_met() -> None:
    supposed = ladder(Nicotine.NONE, nicotine=...)
    assert [c.state for c in supposed.candidates[:3]] == [State.OPEN, State.OPEN, State.MET]


def test_the_worst_by_one_fact_takes_the_others_for_good() -> None:
    open_two = ladder(Nicotine.NONE, family=..., weight_lb=...)
    assert open_two.candidates[open_two.worst_by("family")].code == "standard"
    assert open_two.worst_by("weight_lb") == len(open_two.candidates)

"""Two people at one list: everything that either typed stands, or both are told."""

from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.merging import ListShown, Pick, item_mark, merged
from megler.forms.rules.questionnaire import AnswerType, Question

DOCTORS = Question(
    "doctors",
    AnswerType.LIST,
    "Doctors",
    "Doctor",
    fields=(
        Question("name", AnswerType.TEXT, "Name", "Name"),
        Question("seen", AnswerType.DATE, "Last seen", "Last seen"),
    ),
)


def said(shown: list[str], was: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """The merged list, each item by what it says."""
    picks = merged(ListShown(tuple(shown), tuple(was)), mine, theirs)
    return None if picks is None else [mine[p.at] if p.mine else theirs[p.at] for p in picks]


def test_both_add_different_items() -> None:
    assert said(["a"], ["a", ""], ["a", "mine"], ["a", "theirs"]) == ["a", "theirs", "mine"]


def test_both_begin_an_empty_list() -> None:
    assert said([], [""], ["mine"], ["theirs"]) == ["theirs", "mine"]


def test_what_both_add_alike_is_there_once() -> None:
    assert said([], [""], ["same"], ["same"]) == ["same"]


def test_each_changes_another_item() -> None:
    assert said(["a", "b"], ["a", "b"], ["a!", "b"], ["a", "b!"]) == ["a!", "b!"]


def test_both_change_the_same_item_differently() -> None:
    assert said(["a"], ["a"], ["mine"], ["theirs"]) is None


def test_both_change_the_same_item_alike() -> None:
    assert said(["a"], ["a"], ["same"], ["same"]) == ["same"]


def test_one_removes_what_the_other_left_alone() -> None:
    assert said(["a", "b"], ["b"], ["b"], ["a", "b", "new"]) == ["b", "new"]
    assert said(["a", "b"], ["a", "b", ""], ["a", "b", "new"], ["b"]) == ["b", "new"]


def test_what_one_changed_survives_that_the_other_removed_it() -> None:
    assert said(["a"], ["a"], ["a!"], []) == ["a!"]
    assert said(["a"], [], [], ["a!"]) == ["a!"]


def test_items_that_say_the_same_are_told_apart_by_their_number() -> None:
    assert said(["a", "a"], ["a", "a"], ["a", "a!"], ["a", "a"]) == ["a", "a!"]


def test_an_item_is_known_however_it_is_written() -> None:
    kept = item_mark(DOCTORS, {"name": "Dr Nansen", "seen": "2026-03-01"})
    assert item_mark(DOCTORS, {"name": " Dr  Nansen", "seen": "03/01/2026"}) == kept
    assert item_mark(DOCTORS, {"name": "Dr Nansen", "seen": "03/02/2026"}) != kept
    assert item_mark(DOCTORS, {"name": "Dr Nansen", "seen": "soon"}) != kept


ITEMS = st.lists(st.sampled_from("abcdef"), max_size=5)


@given(shown=ITEMS, theirs=ITEMS)
def test_who_changed_nothing_gets_theirs(shown: list[str], theirs: list[str]) -> None:
    assert said(shown, shown, shown, theirs) == theirs


@given(shown=ITEMS, added=ITEMS)
def test_who_is_alone_gets_what_was_sent(shown: list[str], added: list[str]) -> None:
    mine = [*shown, *added]
    assert said(shown, [*shown, *([""] * len(added))], mine, shown) == mine


@given(shown=ITEMS, mine=ITEMS, theirs=ITEMS)
def test_no_item_added_by_either_is_lost(
    shown: list[str], mine: list[str], theirs: list[str]
) -> None:
    new = [f"{one}-mine" for one in mine]
    now = [*shown, *(f"{one}-theirs" for one in theirs)]
    found = said(shown, [*shown, *([""] * len(new))], [*shown, *new], now)
    assert found is not None
    assert set(new) | set(now) <= set(found)
    assert len(merged(ListShown((), ()), [], now) or []) == len(now)
    assert all(isinstance(p, Pick) for p in merged(ListShown((), ()), [], now) or [])


def test_what_cannot_be_written_has_a_mark_too() -> None:
    broken = {"seen": "soon \ud800"}
    assert item_mark(DOCTORS, broken) != item_mark(DOCTORS, {"seen": "soon \ud801"})

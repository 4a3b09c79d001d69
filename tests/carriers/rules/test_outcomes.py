import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.outcomes import both_ends, is_worse, rated_in, severity, written

CLASSES = ["preferred", "standard"]
MILDEST_FIRST = [
    "-25", "any", "preferred", "standard", "+25", "table_2", "+75", "table_16", "decline",
]  # fmt: skip
TOKENS = [*MILDEST_FIRST, "+0", "individual_consideration", "postpone"]


@pytest.mark.parametrize("token", TOKENS)
def test_an_outcome_is_written_as_it_was_read(token: str) -> None:
    rated = rated_in(token, CLASSES)
    assert rated is not None
    assert written(rated) == token


@pytest.mark.parametrize(
    ("best", "worst", "words"),
    [
        ("table_2", "table_2", "table_2"),
        ("-25", "+75", "-25..+75"),
        ("preferred", "decline", "preferred..decline"),
    ],
)
def test_both_ends_are_written_as_one_code(best: str, worst: str, words: str) -> None:
    one, other = rated_in(best, CLASSES), rated_in(worst, CLASSES)
    assert one
    assert other
    assert both_ends(one, other) == words


@pytest.mark.parametrize("token", ["", "25", "table_0", "table_17", "gold", "+1000", "Any", "+025"])
def test_what_is_no_outcome_is_none(token: str) -> None:
    assert rated_in(token, CLASSES) is None


@pytest.mark.parametrize(("milder", "worse"), list(itertools.combinations(MILDEST_FIRST, 2)))
def test_outcomes_have_an_order(milder: str, worse: str) -> None:
    one, other = rated_in(milder, CLASSES), rated_in(worse, CLASSES)
    assert one
    assert other
    assert is_worse(other, one, CLASSES)
    assert not is_worse(one, other, CLASSES)


@given(st.permutations(["individual_consideration", "postpone", "decline"]))
def test_what_leaves_the_classes_is_not_compared(tokens: list[str]) -> None:
    one, other = rated_in(tokens[0], CLASSES), rated_in(tokens[1], CLASSES)
    assert one
    assert other
    assert severity(one, CLASSES, 25) == severity(other, CLASSES, 25)

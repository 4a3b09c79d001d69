"""What is wanted of pages is read whole, or refused with every problem."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.papers.rules.editing import Leaf, changes_of, read_plan

PAPERS = {"a": 3, "b": 1}


def read(*parts: list[Any]) -> Any:
    return read_plan(json.dumps({"parts": parts}), PAPERS)


def test_a_plan_is_read() -> None:
    first = {"paper": "a", "page": 3, "turned": 90}
    parts, problems = read([first], [{"paper": "b", "page": 1, "black": [[0, 0.1, 1, 0.2]]}])
    assert problems == []
    assert parts == [(Leaf("a", 3, 90),), (Leaf("b", 1, 0, ((0, 0.1, 1, 0.2),)),)]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"paper": "z", "page": 1}, "paper_not_here"),
        ({"paper": "a", "page": 4}, "document_page_missing"),
        ({"paper": "a", "page": True}, "document_page_missing"),
        ({"paper": "a", "page": 1, "turned": 45}, "wrong_value"),
        ({"paper": "a", "page": 1, "black": [[0.5, 0, 0.4, 1]]}, "wrong_value"),
        ({"paper": "a", "page": 1, "black": [[0, 0, 2, 1]]}, "wrong_value"),
        ("x", "wrong_value"),
    ],
)
def test_what_cannot_be_done_is_said(wrong: Any, code: str) -> None:
    parts, problems = read([{"paper": "a", "page": 1}, wrong])
    assert parts == []
    assert [one.code for one in problems] == [code]


def test_all_problems_are_said_at_once() -> None:
    assert len(read([{"paper": "z", "page": 1, "turned": 1}], [])[1]) == 3


def test_what_was_done_is_told() -> None:
    first, second = (Leaf("a", 2), Leaf("a", 1, black=((0, 0, 1, 1),))), (Leaf("b", 1),)
    told = changes_of(first, [first, second], "a", 3)
    assert [one["act"] for one in told] == ["split", "moved", "blackened", "left_out"]
    assert changes_of(second, [first, second], "a", 3)[1] == {"act": "merged", "papers": ["b"]}


KEYS = st.sampled_from(["parts", "paper", "page", "black"])
ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
)


@given(st.text(max_size=80) | ANYTHING.map(json.dumps))
def test_nothing_that_is_sent_breaks_it(text: str) -> None:
    parts, problems = read_plan(text, PAPERS)
    assert bool(parts) != bool(problems)

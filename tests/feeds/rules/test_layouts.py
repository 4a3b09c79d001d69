"""A layout is guessed once and known again, though its columns move."""

import random

from hypothesis import given
from hypothesis import strategies as st

from megler.feeds.rules.guessing import guess
from megler.feeds.rules.layouts import recognise, says_enough
from megler.feeds.rules.words import Field

HEAD = ("Policy #", "Insured", "DOB", "Plan", "Status", "Face Amt", "Requirement", "Req Status")
ROWS = [
    ("NL1", "HOPE, KARI", "2/11/1979", "Level Term", "UW", "$500,000", "APS", "Open"),
    ("NL2", "BERG, NILS", "3/1/1980", "Level Term", "Approved", "$250,000", "MIB", "Received"),
]


def test_every_column_is_guessed_with_its_reasons() -> None:
    found = guess([HEAD, *ROWS])
    assert found is not None
    assert [c.field for c in found.columns] == [
        Field.POLICY_NUMBER, Field.INSURED, Field.BORN, Field.PRODUCT, Field.STATUS,
        Field.FACE_AMOUNT, Field.REQUIREMENT, Field.REQUIREMENT_STATUS,
    ]  # fmt: skip
    assert all(c.reasons for c in found.columns)
    assert says_enough(found.layout()) == []


@given(st.integers(0, 10_000), st.booleans())
def test_columns_that_moved_are_known_again(seed: int, has_more: bool) -> None:
    first = guess([HEAD, *ROWS])
    assert first is not None
    order = list(range(len(HEAD)))
    random.Random(seed).shuffle(order)
    rows = [tuple(row[i] for i in order) for row in (HEAD, *ROWS)]
    if has_more:
        rows = [(*row, more) for row, more in zip(rows, ("Office", "TX", "NY"), strict=True)]
    known = recognise(first.layout(), [("Pending",), *rows])
    assert known is not None
    names = [first.layout().field_of(HEAD[i]) for i in order]
    assert list(known.fields) == names + ([""] if has_more else [])
    codes = {p.code for p in known.differences}
    assert ("feed_column_new" in codes) == has_more
    assert ("feed_columns_moved" in codes) == (order != sorted(order))


def test_a_column_renamed_a_little_is_known_and_told() -> None:
    first = guess([HEAD, *ROWS])
    assert first is not None
    renamed = ("Policy Number", "Insured Name", "Birth Date", *HEAD[3:])
    known = recognise(first.layout(), [renamed, *ROWS])
    assert known is not None
    assert known.fields[:3] == ("policy_number", "insured", "born")
    assert {p.code for p in known.differences} == {"feed_column_renamed"}


def test_another_sheet_is_not_taken_for_it() -> None:
    first = guess([HEAD, *ROWS])
    assert first is not None
    other = [("Agent", "Commission", "Paid on"), ("Siri Aas", "100.00", "3/1/2026")]
    assert recognise(first.layout(), other) is None


def test_a_layout_that_says_nobodys_is_refused() -> None:
    found = guess([("Status", "Plan"), ("UW", "Level Term 20"), ("UW", "Level Term 30")])
    assert found is not None
    assert [p.code for p in says_enough(found.layout())] == ["feed_layout_no_key"]

"""A vendor's codes mean what its table says, and nothing that nobody has said."""

from hypothesis import given
from hypothesis import strategies as st

from megler.orders.rules.status_codes import meaning, read_codes, written
from megler.orders.rules.words import Event

TABLE = "event S79 = result\nstatus 7 = accepted\nanswer 5 = refused"


def test_a_table_is_read_and_written_again() -> None:
    codes, problems = read_codes(TABLE)
    assert problems == []
    assert read_codes(written(codes)) == (codes, [])
    assert meaning(codes, "event", "s79") is Event.RESULT
    assert meaning(codes, "event", "S80", "Others") is None


def test_every_wrong_line_is_told_at_once() -> None:
    _codes, problems = read_codes("event S79\nfoo S1 = result\nstatus 7 = shipped\n\n")
    assert [(p.code, p.where) for p in problems] == [
        ("order_code_event", "status_codes line 1"),
        ("order_code_line", "status_codes line 2"),
        ("order_code_event", "status_codes line 3"),
    ]


def test_submitted_is_understood_without_a_table() -> None:
    assert meaning({}, "status", "2", "submitted") is Event.ACCEPTED
    assert meaning({}, "status", "7", "received") is None


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    codes, _problems = read_codes(text)
    assert set(codes.values()) <= set(Event)

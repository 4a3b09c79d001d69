"""A calendar as RFC 5545 has it: what goes in comes out, whatever stands in it."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from megler.exchange.icalendar import Event, calendar

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def unfolded(content: bytes) -> list[str]:
    """The content lines, as a reader puts them together."""
    assert content.endswith(b"\r\n")
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def value(lines: list[str], name: str) -> str:
    (found,) = [line.split(":", 1)[1] for line in lines if line.split(":", 1)[0] == name]
    return found


def read(text: str) -> str:
    """A text value as a reader understands it."""
    out, letters = [], iter(text)
    for letter in letters:
        if letter == "\\":
            following = next(letters)
            out.append("\n" if following == "n" else following)
        else:
            assert letter not in ";,"
            out.append(letter)
    return "".join(out)


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co"))
                | st.sampled_from("\n \\;,:ø中"))  # fmt: skip


@given(TEXTS)
def test_any_title_comes_out_as_it_went_in_and_no_line_is_too_long(title: str) -> None:
    content = calendar([Event("1@megler", date(2026, 3, 9), title, AT)], "Mine", AT)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert read(value(unfolded(content), "SUMMARY")) == title


def test_a_day_is_a_day_and_a_moment_is_told_in_utc() -> None:
    there = datetime(2026, 3, 9, 9, 30, tzinfo=timezone(timedelta(hours=-5)))
    day, moment = Event("d@x", date(2026, 3, 9), "Day", AT), Event("m@x", there, "Exam", AT)
    lines = unfolded(calendar([day, moment], "Mine", AT))
    assert "DTSTART;VALUE=DATE:20260309" in lines
    assert "DTEND;VALUE=DATE:20260310" in lines
    assert [line for line in lines if line.startswith(("DTSTART:", "DTEND:"))] == [
        "DTSTART:20260309T143000Z",
        "DTEND:20260309T150000Z",
    ]
    assert lines.count("DTSTAMP:20260302T150000Z") == 2


def test_what_changed_later_replaces_what_stood() -> None:
    def sequence(at: datetime) -> int:
        return int(value(unfolded(calendar([Event("1", AT, "x", at)], "", AT)), "SEQUENCE"))

    assert sequence(AT) < sequence(AT + timedelta(seconds=1))


def test_nothing_in_a_text_begins_a_line_of_its_own() -> None:
    evil = "x\r\nEND:VEVENT\r\nATTENDEE:mailto:a@b\x00\x07"
    event = Event("1", date(2026, 3, 9), evil, AT, text=evil, url=evil, place=evil)
    lines = unfolded(calendar([event], evil, AT))
    assert lines.count("END:VEVENT") == 1
    assert not any(line.startswith("ATTENDEE") for line in lines)

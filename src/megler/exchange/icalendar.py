"""Days and appointments as a calendar that other programs read: iCalendar, RFC 5545.

Times are written in UTC and days as dates, so that no time zone has to be described. Lines are
folded at 75 octets, never inside a character, and end in CRLF.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_OCTETS_MAX = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. `uid` is the same whenever it is written; `on` is a whole day, or a moment with zone.

    `changed_at`: when it became what it is; a newer one replaces an older one.
    """

    uid: str
    on: date | datetime
    title: str
    changed_at: datetime
    text: str = ""
    url: str = ""
    minutes: int = 30
    place: str = ""


def calendar(events: list[Event], name: str, written_at: datetime) -> bytes:
    """A whole calendar. Events are written in the order given.

    >>> calendar([], "Megler", datetime(2026, 3, 2, 15, 0, tzinfo=UTC)).split(b"\\r\\n")[0]
    b'BEGIN:VCALENDAR'
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Megler//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for event in events:
        lines += _event(event, written_at)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: Event, written_at: datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{_text(event.uid)}", f"DTSTAMP:{_moment(written_at)}"]
    lines += _when(event)
    lines.append(f"LAST-MODIFIED:{_moment(event.changed_at)}")
    lines.append(f"SEQUENCE:{max(int(event.changed_at.timestamp()), 0) % 2**31}")
    lines.append(f"SUMMARY:{_text(event.title)}")
    if event.text:
        lines.append(f"DESCRIPTION:{_text(event.text)}")
    if event.place:
        lines.append(f"LOCATION:{_text(event.place)}")
    if event.url:
        lines.append(f"URL:{_plain(event.url)}")
    return [*lines, "END:VEVENT"]


def _when(event: Event) -> list[str]:
    if isinstance(event.on, datetime):
        ends = event.on + timedelta(minutes=event.minutes)
        return [f"DTSTART:{_moment(event.on)}", f"DTEND:{_moment(ends)}"]
    after = event.on + timedelta(days=1)
    return [
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        "TRANSP:TRANSPARENT",
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _plain(text: str) -> str:
    """Without what no content line may hold: control characters, line breaks among them."""
    return "".join(letter for letter in text if letter == "\t" or letter.isprintable())


def _text(text: str) -> str:
    """A text value, escaped; control characters other than line breaks and tabs are left out."""
    kept = "".join(c for c in text if c in "\n\t" or c == "\r" or c.isprintable())
    return kept.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets; each further piece begins with a space."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _OCTETS_MAX:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"

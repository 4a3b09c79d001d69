"""What a vendor's own codes mean: its table, as data.

One line a code: `event S79 = result`, `status 7 = result`, `answer 5 = refused`. The left side is
where the code stands (a status event, the requirement's status, the answer to our message) and the
code; the right side one of our events.
"""

from collections.abc import Mapping

from megler.orders.rules.words import Event
from megler.vocabulary.problems import Problem

PLACES = ("event", "status", "answer")
USUAL: Mapping[str, str] = {
    "status submitted": Event.ACCEPTED.value,
    "answer success": Event.ACCEPTED.value,
    "answer failure": Event.REFUSED.value,
}
"""What is understood without a table, by the words of the messages themselves."""


def read_codes(text: str) -> tuple[dict[str, str], list[Problem]]:
    """A vendor's table from lines, with every line that is none.

    >>> read_codes("event S79 = result")[0]
    {'event s79': 'result'}
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        left, _sign, right = line.partition("=")
        place, _blank, code = " ".join(left.split()).partition(" ")
        event = right.strip().lower()
        where = f"status_codes line {number}"
        if place.lower() not in PLACES or not code:
            problems.append(
                Problem("order_code_line", where, line.strip()[:80], "event S79 = result")
            )
        elif event not in set(Event):
            problems.append(Problem("order_code_event", where, event[:40], ", ".join(Event)))
        else:
            found[f"{place} {code}".lower()] = event
    return found, problems


def written(codes: Mapping[str, str]) -> str:
    """A table as lines, in order."""
    return "\n".join(f"{code} = {event}" for code, event in sorted(codes.items()))


def meaning(codes: Mapping[str, str], place: str, *said: str) -> Event | None:
    """What a code in one of its spellings (number, text) means; None when nobody has said."""
    for table in (codes, USUAL):
        for one in said:
            if one and (event := table.get(f"{place} {' '.join(one.split())}".lower())):
                return Event(event)
    return None

"""Who is asked for what: many requirements, one letter for each who must bring some."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """A requirement that is asked for, and of whom: `key` tells recipients apart, `to` is an address."""

    requirement: str
    key: str
    name: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is asked, for all these at once."""

    key: str
    name: str
    to: str
    requirements: tuple[str, ...]


def grouped(asks: Iterable[Ask]) -> list[Recipient]:
    """One recipient each, in the order in which they come first; nothing is asked for twice.

    >>> grouped([Ask("1", "a", "Ada"), Ask("2", "b", "Bo"), Ask("3", "a", "Ada", "ada@x.example")])[0]
    Recipient(key='a', name='Ada', to='ada@x.example', requirements=('1', '3'))
    """
    found: dict[str, list[Ask]] = {}
    for one in asks:
        found.setdefault(one.key, []).append(one)
    return [
        Recipient(
            key,
            mine[0].name,
            next((one.to for one in mine if one.to), ""),
            tuple(dict.fromkeys(one.requirement for one in mine)),
        )
        for key, mine in found.items()
    ]

"""A thousand damaged messages: each is answered, none raises, none takes long."""

import random
import re
from collections.abc import Callable

import pytest

from megler.exchange.txlife.checking import check
from megler.exchange.txlife.reading import read
from megler.exchange.txlife.writing import write
from tests.exchange.txlife.samples import attached, new_business, prefixed, status

SAMPLES = [new_business(more=attached()), prefixed(), status()]
_TAG = re.compile(rb"</?[A-Za-z:]+")


def flipped(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 400) :]


def doubled(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    end = start + chance.randint(1, 400)
    return data[:end] + data[start:end] * chance.randint(1, 3) + data[end:]


def swapped(data: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    one, two = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
    between = data[one.end() : two.start()]
    return data[: one.start()] + two[0] + between + one[0] + data[two.end() :]


def renamed(data: bytes, chance: random.Random) -> bytes:
    """Both ends of an element: still XML, and an element of another name."""
    names = sorted(set(re.findall(rb"<([A-Za-z]+)[ >]", data)) or {b"a:Person"})
    old, new = chance.choice(names), chance.choice(names)
    return re.sub(rb"(</?)" + old + rb"\b", rb"\g<1>" + new, data)


def requoted(data: bytes, chance: random.Random) -> bytes:
    """Another value in an attribute or a text."""
    values = [b"", b"\xc3\x98", b"-1", b"1e309", b"99999999999", b"P1", b"\xe2\x80\xae", b"0x10"]
    spots = list(re.finditer(rb'"([^"<]*)"|>([^<>]+)<', data))
    spot = chance.choice(spots)
    group = 1 if spot[1] is not None else 2
    return data[: spot.start(group)] + chance.choice(values) + data[spot.end(group) :]


@pytest.mark.parametrize("way", [flipped, cut, doubled, swapped, renamed, requoted])
def test_a_damaged_message_is_answered(way: Callable[[bytes, random.Random], bytes]) -> None:
    chance = random.Random(way.__name__)
    answered = 0
    for i in range(170):
        data = way(SAMPLES[i % len(SAMPLES)], chance)
        found, problems = read(data)
        assert found is not None or problems
        if found is not None:
            wrong = check(found, problems)
            assert all(p.code and p.where for p in [*problems, *wrong])
            answered += 1
    assert answered > 0


def test_what_is_still_a_message_can_be_written_again() -> None:
    chance = random.Random(7)
    for _ in range(60):
        found, _ = read(requoted(new_business(), chance))
        if found is not None:
            again, _ = read(write(found.message))
            assert again is not None
            assert again.message == found.message

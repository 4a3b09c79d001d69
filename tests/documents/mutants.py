"""Damages files, the same way for the same seed: as a line, a disk or a villain would."""

import random
from collections.abc import Callable, Iterator, Sequence

WORDS = (
    b"/JavaScript", b"/Kids", b"/Count 99999999", b"/Length -1", b"/Filter/FlateDecode", b"endobj",
    b"%PDF-", b"\xff\xd8", b"IHDR", b"stream\r\n", b"<<" * 50, b"[" * 200, b"\0" * 64, b"9" * 400,
    b"/Parent 1 0 R", b"1 0 R", b"\r\n", b'"', b",", b"\x1b", b"=1+1",
)  # fmt: skip


def mutants(samples: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """So many damaged copies of the samples in turn, each damaged one to six times."""
    dice = random.Random(seed)
    for i in range(count):
        content = samples[i % len(samples)]
        for _ in range(dice.randint(1, 6)):
            content = dice.choice(DAMAGES)(content, dice)
        yield content


Damage = Callable[[bytes, random.Random], bytes]


def _cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randint(0, len(content))] if dice.random() < 0.3 else content


def _flip(content: bytes, dice: random.Random) -> bytes:
    if not content:
        return content
    place = dice.randrange(len(content))
    return (
        content[:place] + bytes([content[place] ^ (1 << dice.randrange(8))]) + content[place + 1 :]
    )


def _overwrite(content: bytes, dice: random.Random) -> bytes:
    place = dice.randint(0, len(content))
    new = dice.randbytes(dice.randint(1, 16))
    return content[:place] + new + content[place + len(new) :]


def _drop(content: bytes, dice: random.Random) -> bytes:
    place = dice.randint(0, len(content))
    return content[:place] + content[place + dice.randint(1, 80) :]


def _repeat(content: bytes, dice: random.Random) -> bytes:
    place, length = dice.randint(0, len(content)), dice.randint(1, 200)
    return content[: place + length] + content[place:]


def _word(content: bytes, dice: random.Random) -> bytes:
    place = dice.randint(0, len(content))
    return content[:place] + dice.choice(WORDS) + content[place:]


def _number(content: bytes, dice: random.Random) -> bytes:
    """Another figure where one stands."""
    places = [i for i, byte in enumerate(content) if 48 <= byte <= 57]
    if not places:
        return content
    place = dice.choice(places)
    return (
        content[:place] + str(dice.choice([0, -1, 7, 65536, 2**31])).encode() + content[place + 1 :]
    )


DAMAGES: tuple[Damage, ...] = (_cut, _flip, _flip, _overwrite, _drop, _repeat, _word, _number)

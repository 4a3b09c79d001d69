"""Whatever is done to the files of a form set, the check answers with problems and does not raise."""

import random

import pytest

from megler.carriers.rules.checks import check_edition
from megler.vocabulary.problems import errors
from tests.form_sets import package

FILES = package()


def _mutated(content: bytes, chance: random.Random) -> bytes:
    """One to four changes: bytes flipped, cut out, doubled, moved, or put in."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, long = chance.randrange(len(made) or 1), chance.randint(1, 40)
        how = chance.randrange(6)
        if how == 0 and made:
            made[at % len(made)] = chance.randrange(256)
        elif how == 1:
            del made[at : at + long]
        elif how == 2:
            made[at:at] = made[at : at + long]
        elif how == 3:
            made[at:at] = chance.choice(
                [b"\x00", b"\xff\xfe", b"[[", b'"""', b"= {", b",,,", b"\n"]
            )
        elif how == 4:
            del made[at:]
        else:
            made[at : at + 1] = chance.choice([b"9" * 30, b"yes", b"true", b"[]", b"-1", b"'"])
    return bytes(made)


@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_mutated_packages_are_each_answered(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        name = chance.choice(sorted(FILES))
        files = {**FILES, name: _mutated(FILES[name], chance)}
        edition, _, problems = check_edition(files)
        assert (edition is None) is bool(errors(problems))

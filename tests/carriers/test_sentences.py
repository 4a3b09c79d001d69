"""Every code that the rules of this room can tell has a sentence, and every sentence is right."""

import re
from pathlib import Path

import pytest

from megler.carriers import packages
from megler.carriers.sentences import SENTENCES

RULES = Path(packages.__file__).parent / "rules"
CODE = re.compile(r'(?:Problem|tell|Fault)\(\s*"([a-z_]+)"|code(?:, expected)? = "([a-z_]+)"')
EITHER = re.compile(r'"([a-z_]+)"\s+if [^"]+\s+else\s+"([a-z_]+)",?\n')
FAULT = re.compile(r'\(\s*"([a-z]+(?:_[a-z]+)+|exponent)",')


def codes() -> set[str]:
    """The codes that stand in the sources of the room's rules and packages."""
    sources = {source.name: source.read_text() for source in RULES.rglob("*.py")}
    text = "\n".join([*sources.values(), Path(packages.__file__).read_text()])
    found = {a or b for a, b in CODE.findall(text)}
    found |= {code for pair in EITHER.findall(text) for code in pair if "_" in code}
    return found | set(FAULT.findall(sources["cells.py"]))


def test_there_are_codes_to_prove() -> None:
    assert len(codes()) > 60
    assert {"ragged_row", "zip_zeros_lost", "unsafe_name"} <= codes()


def test_every_code_has_a_sentence() -> None:
    assert codes() - set(SENTENCES) == set()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_takes_its_parts(code: str) -> None:
    told = str(SENTENCES[code]) % {"where": "W", "found": "F", "expected": "E"}
    assert "%" not in told
    assert {"W", "F", "E"} & set(re.findall(r"\b[WFE]\b", told)) or code == "empty_guide"

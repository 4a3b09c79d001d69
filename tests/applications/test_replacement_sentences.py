"""Every reason and every want has its words."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from megler.applications.replacement_sentences import (
    COLUMN_NAMES,
    LABELS,
    SENTENCES,
    reason_sentence,
    way_sentence,
)
from megler.applications.rules import replacement_table
from megler.applications.rules.exchanges import Way
from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem, Reason

RULES = Path(replacement_table.__file__).parent
PARAMS = {
    "state": "TX", "cite": "a law", "policy": "P-1", "columns": "free_look_days", "found": "1",
    "expected": "2", "amount": "1", "most": "2", "age": "3", "from": "4", "to": "5",
    "question": "Heart", "line": "health", "form": "replacement_notice",
}  # fmt: skip


def reasons_in(module: str) -> set[str]:
    """The codes of reasons that a module of rules writes down."""
    text = (RULES / f"{module}.py").read_text()
    found = set(re.findall(r'"((?:replacement|exchange|receipt)_[a-z0-9_]+)"', text))
    return found - {"replacement_notice", "exchange_1035"}


@pytest.mark.parametrize("module", ["replacement", "exchanges", "receipt"])
def test_every_reason_has_a_sentence(module: str) -> None:
    codes = reasons_in(module)
    assert len(codes) > 5
    with override("en"):
        for code in codes:
            text = reason_sentence(Reason(code, PARAMS))
            assert text != code
            assert "%" not in text


def test_every_want_has_a_sentence() -> None:
    with override("en"):
        for code in SENTENCES:
            text = sentence(Problem(code, "where", "found", "expected"))
            assert code not in text


def test_every_way_but_the_plain_telling_has_words() -> None:
    assert {way for way in Way if not way_sentence(way)} == {Way.TELL}


def test_columns_and_lines_have_names() -> None:
    assert set(COLUMN_NAMES) == replacement_table.VERIFIABLE
    text = (RULES / "comparison.py").read_text()
    assert set(re.findall(r'Line\("([a-z_]+)"', text)) == set(LABELS)

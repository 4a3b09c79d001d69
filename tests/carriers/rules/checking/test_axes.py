from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.checking.axes import OTHER, Domain, axes_of, seen_as, underlying
from megler.carriers.rules.when.facts import FACTS, FactType, Known
from megler.carriers.rules.when.reading import read_when
from megler.carriers.rules.when.tree import Fact

DOMAIN = Domain(
    {**FACTS, "a1c": Known(FactType.NUMBER), "grade": Known(FactType.TEXT)},
    {"grade": ("I", "II", "III")},
)


def tried(text: str, domain: Domain = DOMAIN) -> dict[str, list[Any]]:
    found = {}
    for axis in axes_of([read_when(text)], domain):
        values = [float(v) if isinstance(v, Decimal) else v for v in axis.values]
        found[str(axis.fact)] = values
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("age > 40 or age < 50", {"age": [39, 40, 41, 50, 51]}),
        ("age <= 40 or age >= 41", {"age": [39, 40, 41, 42]}),
        ("age < 0", {"age": [0, 1]}),
        ("bmi < 30 and bmi >= 30.1", {"bmi": [29.9, 30, 30.1, 30.2]}),
        ("a1c <= 7.0 or a1c > 7.5", {"a1c": [6.9, 7.0, 7.1, 7.5, 7.6]}),
        ("a1c <= 7 or a1c > 8", {"a1c": [6, 7, 8, 9]}),
        ("cholesterol_ratio <= 5", {"cholesterol_ratio": [4, 5, 6]}),
        ("years_since < 2 and months_since > 6", {"months_since": [5, 6, 15, 24, 25]}),
        ("has('stroke') and count('stroke') < 3", {"count(stroke)": [0, 1, 3, 4]}),
        ("grade == 'I'", {"grade": ["I", "II", "III"]}),
        ("occupation == 'pilot'", {"occupation": ["pilot", OTHER]}),
        ("pressure_treated", {"pressure_treated": [False, True]}),
        ("ended and years_since_end > 1", {"ended": [False, True], "months_since_end": [11, 12, 13, None]}),
    ],
)  # fmt: skip
def test_values_are_those_that_tell_conditions_apart(
    text: str, expected: dict[str, list[Any]]
) -> None:
    assert tried(text) == expected


def test_answers_may_be_finer_than_the_guide_writes_them() -> None:
    fine = Domain(DOMAIN.facts, DOMAIN.values, fine=True)
    assert tried("7 < a1c < 8", fine) == {"a1c": [6, 7, 7.5, 8, 9]}


def test_what_says_the_same_is_one_fact() -> None:
    has = Fact("has", ("stroke",))
    assert underlying(has) == underlying(Fact("count", ("stroke",)))
    assert underlying(Fact("years_since")) == Fact("months_since")
    assert seen_as(has, Decimal(2)) is True
    assert seen_as(Fact("years_since"), Decimal(18)) == Decimal("1.5")
    assert seen_as(Fact("age"), Decimal(18)) == Decimal(18)

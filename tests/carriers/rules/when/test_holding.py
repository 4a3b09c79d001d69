from decimal import Decimal

import pytest

from megler.carriers.rules.when.holding import holds
from megler.carriers.rules.when.reading import read_when
from megler.carriers.rules.when.tree import Fact, Value, facts_in

VALUES: dict[Fact, Value | None] = {
    Fact("age"): Decimal(40),
    Fact("sex"): "male",
    Fact("insulin"): True,
    Fact("has", ("stroke",)): False,
    Fact("months_since_end"): None,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("age >= 40 and age <= 40.0", True),
        ("40 < age", False),
        ("age != 40", False),
        ("sex == 'male' and insulin", True),
        ("sex in ['female', 'male']", True),
        ("sex not in ['female']", True),
        ("has('stroke') or insulin == false", False),
        ("not has('stroke')", True),
        ("months_since_end > 3", False),
        ("not months_since_end > 3", True),
        ("sex != 3", True),
        ("insulin in [1, 2]", False),
    ],
)
def test_a_condition_holds_of_what_is_known(text: str, expected: bool) -> None:
    assert holds(read_when(text), VALUES) is expected


def test_no_condition_always_holds() -> None:
    assert holds(None, {})


def test_every_fact_must_be_known() -> None:
    when = read_when("bmi > 3")
    assert set(facts_in(when)) - set(VALUES)
    with pytest.raises(KeyError):
        holds(when, VALUES)

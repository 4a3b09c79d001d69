from megler.carriers.rules.when.reading import read_when
from megler.carriers.rules.when.tree import comparisons_in, facts_in

WHEN = read_when("not (age > 3 or has('stroke')) and 1 < age < 3 and sex in ['male']")


def test_every_fact_is_found_in_its_order_also_twice() -> None:
    assert [str(fact) for fact in facts_in(WHEN)] == ["age", "has(stroke)", "age", "age", "sex"]
    assert list(facts_in(None)) == []


def test_every_comparison_is_found() -> None:
    assert len(list(comparisons_in(WHEN))) == 5
    assert list(comparisons_in(None)) == []

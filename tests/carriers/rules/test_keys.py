from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from megler.carriers.rules.keys import Keys
from megler.vocabulary.codes import Mode
from megler.vocabulary.problems import Problem


def keys(**values: object) -> Keys:
    return Keys(values, "at", [])


def codes(read: Keys) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in read.problems]


@pytest.mark.parametrize(
    ("value", "read"), [("0.0875", "0.0875"), (65, "65"), ("100000", "100000")]
)
def test_figures_are_exact(value: object, read: str) -> None:
    assert keys(x=value).decimal("x") == Decimal(read)


@pytest.mark.parametrize("value", [0.5, True, "1e3", "-1", "1,000", " 1", "", None, [], -1, "0"])
def test_what_is_no_exact_positive_figure_is_refused(value: object) -> None:
    read = keys(x=value)
    assert read.decimal("x") is None
    assert codes(read)[0][1] == "edition.toml at.x"


def test_keys_that_nobody_asked_for_are_named() -> None:
    read = keys(known="a", more=1)
    read.text("known")
    read.done()
    assert read.problems == [Problem("unknown_key", "edition.toml at.more", "more", "known")]


def test_wrong_kinds_are_told_and_read_as_nothing() -> None:
    read = keys(a=1, b="x", c=[1], d=datetime(2026, 1, 1, tzinfo=UTC), e="hourly", f=[], g=True)
    assert read.text("a") == ""
    assert read.whole("b") is None
    assert read.inside("c") is None
    assert read.day("d") is None
    assert read.choice("e", Mode) is None
    assert read.texts("f") == ()
    assert read.whole("g") is None
    assert [c for c, _ in codes(read)] == [
        "wrong_type", "wrong_type", "wrong_type", "wrong_type", "not_in_list", "empty_list",
        "wrong_type",
    ]  # fmt: skip


def test_good_kinds_are_read() -> None:
    read = keys(d=date(2026, 1, 1), m="monthly", n=[10, "20"], t=[{"x": "y"}])
    assert read.day("d") == date(2026, 1, 1)
    assert read.choice("m", Mode) is Mode.MONTHLY
    assert read.texts("n") == ("10", "20")
    assert [inside.text("x") for inside in read.each("t")] == ["y"]
    assert read.problems == []

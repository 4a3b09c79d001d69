"""Figures are shown as people read them."""

import doctest

from benchmarks.report import Line, Report, show
from benchmarks.timing import medians, rates
from rich.console import Console

from benchmarks import report


def test_the_examples_hold() -> None:
    assert doctest.testmod(report).failed == 0


def test_columns_without_a_word_are_left_out() -> None:
    console = Console(width=100, record=True)
    show(Report("Growth", [Line("half", "3 ms"), Line("all", "6 ms")], ["reached: twice"]), console)
    told = console.export_text()
    assert "Megler is as fast" not in told
    assert "6 ms" in told
    assert "reached: twice" in told


def test_of_each_question_the_best_round_counts() -> None:
    spent: list[int] = []
    took = medians({"a": spent.append, "b": spent.append}, [1, 2], rounds=2)
    assert spent == [1, 2, 1, 2, 1, 2, 1, 2]
    assert set(took) == {"a", "b"}
    assert 0 < took["a"] < 0.1


def test_rates_are_told_by_the_clock_and_by_the_processors() -> None:
    found = rates({"sum": (1000, lambda: sum(range(100_000)))}, rounds=2)["sum"]
    assert 0 < found.clock < 1e9
    assert found.processor > 0

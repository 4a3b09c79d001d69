"""A scan is a signature when no page lacks and every box is signed."""

from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.wet import Scanned, scan_problems


@given(st.integers(1, 9), st.sets(st.integers(-1, 12)))
def test_exactly_the_pages_that_lack_are_named(pages: int, found: set[int]) -> None:
    problems = scan_problems([Scanned("Application", pages, found)], "insured")
    lacking = [n for n in range(1, pages + 1) if n not in found]
    assert [p.found for p in problems] == ([", ".join(map(str, lacking))] if lacking else [])


def test_every_paper_is_told_at_once() -> None:
    problems = scan_problems(
        [Scanned("A", 2, {1}), Scanned("B", 1, {1}, is_signed=False), Scanned("C", 1, {1})],
        "insured",
    )
    assert [(p.code, p.where, p.found) for p in problems] == [
        ("scan_pages_missing", "A", "2"),
        ("scan_not_signed", "B", "insured"),
    ]


def test_a_scan_without_papers_is_none() -> None:
    assert [p.code for p in scan_problems([], "insured")] == ["scan_without_papers"]

"""Charts and grids of the derived guides."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from megler.demo.rules.guides import HEIGHTS_IN, Evidence, evidence_rows, weight_at
from megler.demo.rules.roster.every import CARRIERS
from megler.demo.rules.roster.shapes import FULL_EVIDENCE


@given(st.integers(16, 60), st.sampled_from(list(HEIGHTS_IN)))
def test_the_weight_is_within_the_index_and_one_pound_more_is_not(bmi: int, height: int) -> None:
    weight = weight_at(str(bmi), height)
    assert weight * 703 <= bmi * height**2 < (weight + 1) * 703


def test_the_grid_of_each_age_runs_from_nothing_upwards_without_a_gap() -> None:
    rows = evidence_rows(FULL_EVIDENCE)
    for low, _high in FULL_EVIDENCE.ages:
        steps = [(row[2], row[3]) for row in rows if row[0] == low]
        assert steps[0][0] == 0
        assert steps[-1][1] == ""
        assert all(below[1] == above[0] - 1 for below, above in pairwise(steps))  # type: ignore[operator]


def test_more_cover_never_asks_less() -> None:
    rows = evidence_rows(FULL_EVIDENCE)
    for below, above in pairwise(rows):
        if below[0] == above[0]:
            assert set(str(below[4]).split()) <= set(str(above[4]).split())


def test_the_old_are_asked_for_a_cognitive_test_with_the_exam() -> None:
    evidence = Evidence(((0, 70), (71, None)), (500_001, 100_001), 5_000_001)
    asked = {(row[0], row[2]): str(row[4]).split() for row in evidence_rows(evidence)}
    assert "cognitive_test" in asked[71, 100_001]
    assert "cognitive_test" not in asked[0, 500_001]


def test_every_amount_of_every_grid_is_round() -> None:
    guides = [guide for profile in CARRIERS for guide in profile.guides]
    assert len(guides) >= 8
    for guide in guides:
        for row in evidence_rows(guide.evidence):
            start, stop = int(str(row[2])), int(str(row[3] or 0))
            assert start % 50_000 == (1 if start else 0)
            assert stop % 50_000 == 0

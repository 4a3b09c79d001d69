import pytest

from megler.underwriting.rules.verdicts import State, Verdict, together

MET, FAILED, OPEN = State.MET, State.FAILED, State.OPEN


@pytest.mark.parametrize(
    ("states", "state"),
    [([], MET), ([MET], MET), ([MET, OPEN], OPEN), ([OPEN, FAILED, MET], FAILED)],
)
def test_a_failure_outweighs_what_is_open_and_that_outweighs_what_is_met(
    states: list[State], state: State
) -> None:
    assert together(Verdict("family", s) for s in states) is state

"""Refusals carry every problem."""

from megler.vocabulary.problems import Problem, Refused, Severity, errors


def test_a_refusal_carries_every_problem() -> None:
    problems = [Problem("a", "x"), Problem("b", "y", severity=Severity.WARNING)]
    assert Refused(problems).problems == tuple(problems)
    assert errors(problems) == problems[:1]


def test_a_refusal_of_one_problem_names_it() -> None:
    assert "born: in_future 2999" in str(Refused(Problem("in_future", "born", "2999")))

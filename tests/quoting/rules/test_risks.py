from decimal import Decimal

from megler.quoting.rules.risks import Taken
from megler.vocabulary.codes import Mode


def test_a_figure_is_told_as_text_whatever_was_used() -> None:
    plain = Taken("fee", "add", Decimal("6.50"), Decimal(10), Mode.ANNUAL)
    assert plain.figure == "6.50"
    assert plain._replace(used="Dallas").figure == "Dallas"


def test_a_riders_own_steps_are_apart_from_the_line_that_adds_its_cost() -> None:
    own = Taken("rate", "rate", Decimal(2), Decimal(10), Mode.ANNUAL, rider="waiver")
    assert own.is_riders_own
    assert not own._replace(do="riders").is_riders_own
    assert not own._replace(rider="").is_riders_own

"""Critical illness by age band, sex and nicotine."""

from decimal import Decimal
from itertools import pairwise

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.tables import Fact
from megler.demo.rules.books.illness import RATES, IllnessBook, illness_edition, monthly
from megler.demo.rules.roster.benefits import HOLMEN
from megler.demo.rules.roster.protection import HOLMEN_PROTECTION


def test_bands_meet_and_nicotine_is_dearer_in_every_one() -> None:
    for (_, high, *_rest), (low, *_more) in pairwise(RATES):
        assert low == high + 1
    for _, _, *rates in RATES:
        none_f, user_f, none_m, user_m = map(Decimal, rates)
        assert user_f > none_f
        assert user_m > none_m


def test_a_later_edition_is_dearer_to_the_cent() -> None:
    (book,) = HOLMEN_PROTECTION
    assert isinstance(book, IllnessBook)
    at: dict[str, Fact] = {"age": 45, "sex": "male", "nicotine": "none"}
    found = []
    for dated in book.editions:
        edition, tables, problems = check_edition(illness_edition(HOLMEN.house, book, dated))
        assert problems == []
        assert edition is not None
        assert edition.products[0].asks[0].default == "all"
        found.append(tables["base"].cell(at))
    assert [str(rate) for rate in found] == [
        monthly("0.83", Decimal("0.96")),
        monthly("0.83", Decimal("0.96") * Decimal("1.03")),
    ]

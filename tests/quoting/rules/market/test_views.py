"""A view holds the plans of a wish, each once for every mode that may be shown."""

from megler.quoting.rules.market.compiling import compile_market
from megler.quoting.rules.market.views import MODES, Wish, view_of
from megler.vocabulary.codes import Line, Mode
from tests.quoting.books import group_book, health_book, term_book
from tests.underwriting.guides import ON, guide

MARKET = compile_market([term_book(), health_book(), group_book()], {"fjordlife": [guide()]}, ON)


def held(wish: Wish) -> list[tuple[str, int | None, Mode]]:
    view = view_of(MARKET, wish)
    return sorted(
        (MARKET.plans[plan].product.code, MARKET.plans[plan].term_years, MODES[mode])
        for plan, mode in zip(view.plans, view.modes, strict=True)
        if plan >= 0
    )


def test_a_wish_chooses_line_term_and_plan() -> None:
    assert held(Wish(Line.TERM_LIFE, 20)) == [("term", 20, Mode.ANNUAL)]
    assert held(Wish(Line.TERM_LIFE, 15)) == []
    assert held(Wish(plan="ordinary-life")) == []


def test_the_mode_is_the_wished_one_else_annual_else_every_one() -> None:
    assert held(Wish(Line.TERM_LIFE, 10, mode=Mode.WEEKLY)) == [("term", 10, Mode.ANNUAL)]
    assert held(Wish(Line.GROUP_TERM_LIFE, mode=Mode.MONTHLY)) == [("option-b", None, Mode.MONTHLY)]
    both = Wish(Line.GROUP_TERM_LIFE)
    assert held(both) == [("option-b", None, Mode.BIWEEKLY), ("option-b", None, Mode.MONTHLY)]
    assert view_of(MARKET, both).alternates
    assert not view_of(MARKET, Wish(Line.TERM_LIFE)).alternates


def test_a_view_is_made_once() -> None:
    assert view_of(MARKET, Wish(Line.HEALTH)) is view_of(MARKET, Wish(Line.HEALTH))


def test_every_lane_belongs_to_one_run_of_one_group() -> None:
    view = view_of(MARKET, Wish())
    sheet = view.sheet
    assert sheet.groups[:, 1].sum() == sheet.runs[:, 1].sum() == len(view.plans)
    assert sorted(view.lane_of.tolist()) == list(range(len(view.plans)))

"""Room for a life fits the view."""

from megler.quoting.rules.market.compiling import compile_market
from megler.quoting.rules.market.sheet import scratch_for
from megler.quoting.rules.market.views import Wish, view_of
from tests.quoting.books import term_book
from tests.underwriting.guides import ON, guide


def test_there_is_room_for_every_lane_axis_and_address() -> None:
    market = compile_market([term_book()], {"fjordlife": [guide()]}, ON)
    view = view_of(market, Wish())
    room = scratch_for(view.sheet, 9)
    assert len(room.keys) == 9
    assert len(room.v) == len(room.pen) == len(view.plans)
    assert len(room.indexes) == len(view.sheet.axes)
    assert len(room.addresses) == len(view.sheet.spaces) - 1
    assert len(room.dearest) == len(view.terms)

"""The cells that a life's offers were priced from, read again at the addresses that it left."""

import numpy as np
from numpy.typing import NDArray

from megler.quoting.rules.market.compiling import Market
from megler.quoting.rules.market.pricing import LifeOffers, own_scratch
from megler.quoting.rules.market.views import Wish, view_of


def cells_of(market: Market, wish: Wish, priced: LifeOffers) -> NDArray[np.int64]:
    """[offers, operands]: what each table of a plan holds for the life that was priced last here.

    To be called in the thread that priced the life, before it prices another.
    """
    view = view_of(market, wish)
    sheet, addresses = view.sheet, own_scratch(market, view).addresses
    lanes = priced.lanes
    runs = np.searchsorted(sheet.runs[:, 0], lanes, side="right") - 1
    first, start = sheet.runs[runs, 0], sheet.runs[runs, 6]
    stop = np.append(sheet.runs[:, 6], len(sheet.run_cells))[runs + 1]
    counts = stop - start
    found = np.zeros((len(lanes), int(counts.max(initial=0))), np.int64)
    for operand in range(found.shape[1]):
        has = np.flatnonzero(counts > operand)
        entry = sheet.run_cells[start[has] + operand]
        place = entry[:, 1] + addresses[entry[:, 0]] * entry[:, 2] + lanes[has] - first[has]
        found[has, operand] = sheet.cells[place]
    return found

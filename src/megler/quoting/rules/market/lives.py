"""Lives as rows of whole numbers, made from people and their wishes or straight from columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from megler.quoting.rules.market import columns
from megler.quoting.rules.market.axes import JURISDICTION_CODES, LARGEST_AMOUNT
from megler.quoting.rules.market.compiling import Market
from megler.quoting.rules.market.limits import Ints
from megler.quoting.rules.market.plans import Area
from megler.quoting.rules.market.views import Wish
from megler.quoting.rules.places import LookedUp, look_up
from megler.underwriting.rules.compiled_facts import class_facts
from megler.underwriting.rules.figures import is_figures, judged_by
from megler.underwriting.rules.people import Person, Relative
from megler.underwriting.rules.wishes import Wants
from megler.vocabulary.ages import AgeBasis

Place = tuple[str | None, str | None, str | None]
"""ZIP, county and jurisdiction."""
_JURISDICTIONS = {code: number for number, code in enumerate(JURISDICTION_CODES, 1)}
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, eq=False)
class Lives:
    """Lives to price: `rows` [lives, columns.COUNT], and the number of each one's wish in `wishes`.

    `histories` and `places` are what the columns `family` and `place` count from 1. `by_hand` marks
    lives that only the exact engine prices: an amount with cents, riders, several people.
    """

    rows: Ints
    wish: Ints
    wishes: tuple[Wish, ...]
    histories: tuple[tuple[Relative, ...], ...] = ()
    places: tuple[Place, ...] = ()
    by_hand: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def some(self, start: int, stop: int) -> "Lives":
        """Those from `start` until before `stop`."""
        hand = None if self.by_hand is None else self.by_hand[start:stop]
        own, wish = self.rows[start:stop], self.wish[start:stop]
        return Lives(own, wish, self.wishes, self.histories, self.places, hand)


def lives_of(pairs: Iterable[tuple[Person, Wants]], market: Market, on: date) -> Lives:
    """People with a wish each, as on a day."""
    classes = {code: number for number, code in enumerate(market.classes)}
    wishes: dict[Wish, int] = {}
    histories: dict[tuple[Relative, ...], int] = {}
    places: dict[Place, int] = {}
    rows, wish, by_hand = [], [], []
    judged = judged_by(guide for guide, _ in market.class_table.guides)
    for person, wants in pairs:
        asked = Wish(wants.line, wants.term_years, wants.plan, wants.mode)
        wish.append(wishes.setdefault(asked, len(wishes)))
        by_hand.append(_only_exact(wants) or not is_figures(person, judged))
        family = histories.setdefault(person.family, len(histories) + 1) if person.family else 0
        place = (person.zip, person.county, person.jurisdiction)
        at = places.setdefault(place, len(places) + 1) if market.areas else 0
        extra = wants.flat_extra
        rows.append(
            (
                _age(person, on, AgeBasis.NEAREST),
                _age(person, on, AgeBasis.LAST),
                *class_facts(person, on),
                family,
                _jurisdiction(person.jurisdiction),
                _amount(wants.face_amount),
                -1 if wants.class_code is None else classes.get(wants.class_code, len(classes)),
                -1 if wants.table is None else wants.table,
                0 if extra is None or by_hand[-1] else int(extra.per_1000 / _HUNDREDTH),
                at,
            )
        )
    return Lives(
        np.array(rows, np.int32).reshape(-1, columns.COUNT),
        np.array(wish, np.int32),
        tuple(wishes),
        tuple(histories),
        tuple(places),
        np.array(by_hand, np.bool_),
    )


def lives_from_columns(
    count: int,
    wish: Wish,
    named: Mapping[str, Any],
    histories: Sequence[tuple[Relative, ...]] = (),
    places: Sequence[Place] = (),
) -> Lives:
    """Lives with one wish from columns, by their names in `columns.NAMES` and counted as there.

    A column that is left out is not known. Amounts are whole units, `jurisdiction` is 1 + the place
    in `axes.JURISDICTION_CODES`, `class_asked` a number of `market.classes`.
    """
    rows = np.empty((count, columns.COUNT), np.int32)
    for number, name in enumerate(columns.NAMES):
        rows[:, number] = named.get(name, columns.UNKNOWN[name])
    nobody = np.zeros(count, np.int32)
    return Lives(rows, nobody, (wish,), tuple(histories), tuple(places))


def areas_of(market: Market, places: Sequence[Place]) -> Ints:
    """[places + 1, look-ups]: the number of the area that each place leads to, 0: none or several."""
    found = np.zeros((len(places) + 1, len(market.areas)), np.int32)
    for column, area in enumerate(market.areas):
        numbers = {text: number for number, text in enumerate(area.texts, 1)}
        for row, place in enumerate(places, 1):
            found[row, column] = _area(area, numbers, place)
    return found


def _area(area: Area, numbers: Mapping[str, int], place: Place) -> int:
    code, county, jurisdiction = place
    facts = {
        "zip": code,
        "zip3": code and code[:3],
        "county": county,
        "jurisdiction": jurisdiction,
    }
    found = look_up(area.table, facts, area.book.edition.name)
    return numbers[found.place] if isinstance(found, LookedUp) else 0


def _only_exact(wants: Wants) -> bool:
    """Whether a wish is one that does not compile, whatever the products."""
    amount, extra = wants.face_amount, wants.flat_extra
    return bool(
        wants.riders
        or len(wants.people) > 1
        or (amount is not None and (amount % 1 or amount > LARGEST_AMOUNT))
        or (wants.table is not None and wants.class_code is None)
        or (extra is not None and (extra.per_1000 / _HUNDREDTH % 1 or extra.per_1000 > 100))
    )


def _age(person: Person, on: date, basis: AgeBasis) -> int:
    ages = person.ages(on, basis)
    return ages[0] if ages is not None and ages[0] == ages[1] else -1


def _jurisdiction(code: str | None) -> int:
    return 0 if code is None else _JURISDICTIONS[code]


def _amount(amount: Decimal | None) -> int:
    known = amount is not None and amount % 1 == 0 and 0 <= amount <= LARGEST_AMOUNT
    return int(amount) if amount is not None and known else columns.UNKNOWN["amount"]

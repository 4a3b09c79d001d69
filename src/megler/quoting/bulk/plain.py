"""Rows of a book that say only plain things, read column by column into compiled lives.

A row is plain where it is surely without fault and says nothing but what the compiled market
knows. Any doubt leaves it to be read and priced exactly, one by one: never wrong, only slower.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from megler.quoting.bulk.reading import ROW
from megler.quoting.rules.bulk.ages import Births, ages, births
from megler.quoting.rules.bulk.columns import ID, Column, Kind
from megler.quoting.rules.bulk.documents import facts_of_row
from megler.quoting.rules.market import columns as known
from megler.quoting.rules.market.axes import JURISDICTION_CODES, LARGEST_AMOUNT
from megler.quoting.rules.market.views import Wish
from megler.underwriting.rules.compiled_facts import BIG, nicotine_months
from megler.underwriting.rules.figures import Judged
from megler.underwriting.rules.people import Relative
from megler.underwriting.rules.sense import OLDEST_AGE
from megler.vocabulary.ages import AgeBasis

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]
_WISH = ("wants.line", "wants.term_years", "wants.plan", "wants.mode", "wants.class")
_PLACE = ("zip", "county", "jurisdiction")
_READ = {
    "born", "age", "sex", "height_in", "weight_lb", "nicotine", "family", "wants.face_amount",
    "blood_pressure.systolic", "blood_pressure.diastolic", "blood_pressure.treated",
    "cholesterol.total", "cholesterol.hdl_ratio", "cholesterol.treated", *_WISH, *_PLACE,
}  # fmt: skip
_HARMLESS = {
    "signed_in", "delivered_in", "citizenship", "visa", "owner.name", "owner.jurisdiction",
    "occupation", "duties", "income_annual", "net_worth", "part_b_date", "enrolment_window", "details",
}  # fmt: skip
"""Columns that compiled products never read and that contradict no other; checked all the same."""
_JUDGED = {"citizenship", "visa", "occupation", "duties", "income_annual", "net_worth", "details"}
"""Of those, the ones that a guide with impairments or rules may judge."""
_COMPLETE = {"nicotine_complete": ("", "true"), "family_complete": ("", "true")}
_TREATED = {
    "pressure_treated": "blood_pressure.treated",
    "cholesterol_treated": "cholesterol.treated",
}
_FEW = 256
_TEXT = r"^[!-~]([ -~]{0,58}[!-~])?$"
_ADULT = 18


@dataclass(frozen=True, slots=True, eq=False)
class Plain:
    """What was read: `rows` [lives, known.COUNT] of the rows at `places` of the frame.

    `born` belongs to the lives of `has_born` alone; `wishes` are what `wish` numbers, and so
    `histories` and `homes` what the columns family and place count from 1. `asked_classes` are
    what the column class_asked numbers.
    """

    places: Whole
    rows: NDArray[np.int32]
    born: Births
    has_born: Flags
    wish: NDArray[np.int32]
    wishes: tuple[Wish, ...]
    histories: tuple[tuple[Relative, ...], ...]
    homes: tuple[tuple[str | None, str | None, str | None], ...]


def read_plain(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    on: date,
    classes: Sequence[str],
    *,
    places: bool,
    judged: Judged,
) -> Plain:
    """The plain rows of a frame. `classes` are the market's; `places`: it has rating areas.

    `judged` is what its guides judge beyond figures: rows that tell of that are not plain.
    """
    return _Reading(frame, columns, on, classes, judged).plain(places=places)


@dataclass
class _Reading:
    """One frame being read: `ok` loses every row about which there is a doubt."""

    frame: pl.DataFrame
    columns: Sequence[Column]
    on: date
    classes: Sequence[str]
    judged: Judged
    ok: Flags = field(init=False)
    told: dict[str, Whole] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.ok = np.ones(self.frame.height, np.bool_)

    def plain(self, *, places: bool) -> Plain:
        """Every column in its turn."""
        born, has_born = self._ages()
        self._codes("sex", {"female": 0, "male": 1}, -1)
        numbers = {code: number for number, code in enumerate(JURISDICTION_CODES, 1)}
        self._codes("jurisdiction", numbers, 0)
        self._build(born, has_born)
        self._vitals()
        self._nicotine(born, has_born)
        histories = self._family()
        wish, wishes = self._wishes()
        homes = self._homes(wanted=places)
        self._amount()
        for column in self.columns:
            if column.path not in _READ:
                self._other(column)
        rows = np.empty((self.frame.height, known.COUNT), np.int32)
        for number, name in enumerate(known.NAMES):
            rows[:, number] = self.told.get(name, known.UNKNOWN[name])
        at = np.flatnonzero(self.ok)
        parts = Births(born.year[at], born.month[at], born.day[at])
        return Plain(at, rows[at], parts, has_born[at], wish[at], wishes, histories, homes)

    def _texts(self, path: str) -> pl.Series | None:
        """A column as texts, null where nothing is said; None where the book has no such column."""
        if path not in self.frame.columns:
            return None
        series = self.frame.get_column(path)
        if series.dtype.is_nested():
            self.ok &= series.is_null().to_numpy()
            return None
        text = series if series.dtype == pl.String else series.cast(pl.String)
        return text.replace("", None) if series.dtype == pl.String else text

    def _keep(self, series: pl.Series, valid: pl.Series) -> None:
        """Only rows where nothing is said or what is said is valid."""
        self.ok &= (series.is_null() | valid.fill_null(False)).to_numpy()

    def _ages(self) -> tuple[Births, Flags]:
        text, age = self._texts("born"), self._scaled("age", 1, (0, OLDEST_AGE))
        days = np.full(self.frame.height, np.datetime64(self.on, "D"))
        has_born = np.zeros(self.frame.height, np.bool_)
        if text is not None:
            parsed = text.str.to_date("%Y-%m-%d", strict=False)
            in_range = text.str.contains(r"^(19|20)\d{2}-\d{2}-\d{2}$") & (parsed <= self.on)
            self._keep(text, in_range)
            has_born = (parsed.is_not_null() & in_range.fill_null(False)).to_numpy()
            days = np.where(has_born, parsed.fill_null(self.on).to_numpy(), days)
        born = births(days.astype("datetime64[D]"))
        last = ages(born, self.on, AgeBasis.LAST)
        self.ok &= ~has_born | (last <= OLDEST_AGE)
        self.ok &= ~(has_born & (age >= 0))
        self.told["age_last"] = np.where(has_born, last, age)
        nearest = ages(born, self.on, AgeBasis.NEAREST)
        self.told["age_nearest"] = np.where(has_born, nearest, age)
        return born, has_born

    def _codes(self, path: str, codes: Mapping[str, int], nothing: int, name: str = "") -> None:
        text = self._texts(path)
        if text is None:
            return
        found = text.replace_strict(codes, default=None, return_dtype=pl.Int64)
        self._keep(text, found.is_not_null())
        self.told[name or path] = found.fill_null(nothing).to_numpy()

    def _scaled(self, path: str, parts: int, bounds: tuple[int, int]) -> Whole:
        """Figures in parts of a unit (1, 100, 1000), -1 where not known; others lose their row."""
        text = self._texts(path)
        if text is None:
            return np.full(self.frame.height, -1, np.int64)
        places = len(str(parts)) - 1
        more = rf"(\.\d{{1,{places}}})?" if places else ""
        right = text.str.contains(rf"^(0|[1-9]\d{{0,8}}){more}$")
        figures = text.to_frame("x").select(
            pl.when(right).then(pl.col("x")).cast(pl.Decimal(18, places)) * parts
        )
        scaled = figures.to_series().cast(pl.Int64)
        self._keep(text, scaled.is_between(bounds[0] * parts, bounds[1] * parts))
        return scaled.fill_null(-1).to_numpy()

    def _build(self, born: Births, has_born: Flags) -> None:
        height = self._scaled("height_in", 1000, (36, 96))
        weight = self._scaled("weight_lb", 1000, (2, 1100))
        adult = self.told["age_last"] >= _ADULT
        self.ok &= ((height < 0) & (weight < 0)) | adult
        both = (height > 0) & (weight > 0)
        mass = weight * 0.45359237 / (np.maximum(height, 1) * 0.0254) ** 2 * 1000
        self.ok &= ~both | ((mass > 8.1) & (mass < 149))
        self.told["height"] = np.where(height < 0, -1, (height + 500) // 1000)
        self.told["weight"] = np.where(weight < 0, -1, (weight + 500) // 1000)
        self.told["bmi_tenths"] = np.where(both, _bmi_tenths(height, weight), -1)

    def _vitals(self) -> None:
        systolic = self._scaled("blood_pressure.systolic", 1, (50, 300))
        diastolic = self._scaled("blood_pressure.diastolic", 1, (20, 200))
        self.ok &= (systolic < 0) | (diastolic < 0) | (systolic > diastolic)
        self.told["systolic"], self.told["diastolic"] = systolic, diastolic
        total = self._scaled("cholesterol.total", 100, (40, 1000))
        self.told["total_up"] = self.told["total_down"] = total
        self.told["ratio_up"] = self._scaled("cholesterol.hdl_ratio", 1000, (1, 30))
        for name, path in _TREATED.items():
            self._codes(path, {"false": 0, "true": 1}, -1, name)

    def _nicotine(self, born: Births, has_born: Flags) -> None:
        text = self._texts("nicotine")
        if text is None:
            return
        cells, at = _factored(text)
        read = [_nicotine_of(cell, self.on, self.judged.products) for cell in cells]
        self.ok &= _each([one is not None for one in read], at)
        told = [one or (BIG, -1, None) for one in read]
        self.told["free_months"] = _each([one[0] for one in told], at)
        self.told["sure_months"] = _each([one[1] for one in told], at)
        first = _each([_ordinal(one[2]) for one in told], at)
        days = _days_of(born)
        self.ok &= (first < 0) | (has_born & (days <= first))

    def _family(self) -> tuple[tuple[Relative, ...], ...]:
        text = self._texts("family")
        if text is None:
            return ()
        cells, at = _factored(text)
        read = [_family_of(cell, self.on) for cell in cells]
        self.ok &= _each([one is not None for one in read], at)
        histories = tuple(dict.fromkeys(one for one in read if one))
        numbers = {one: number for number, one in enumerate(histories, 1)}
        self.told["family"] = _each([numbers.get(one or (), 0) for one in read], at)
        return histories

    def _wishes(self) -> tuple[NDArray[np.int32], tuple[Wish, ...]]:
        texts = {path: self._texts(path) for path in _WISH}
        there = {path: text for path, text in texts.items() if text is not None}
        if not there:
            return np.zeros(self.frame.height, np.int32), (Wish(),)
        asked = pl.DataFrame(there)
        unique = asked.unique(maintain_order=True).with_row_index("number")
        at = asked.join(unique, on=list(there), how="left", nulls_equal=True, maintain_order="left")
        numbers = at.get_column("number").to_numpy()
        wishes: dict[Wish, int] = {}
        found, valid, classes = [], [], []
        places = {code: number for number, code in enumerate(self.classes)}
        for cells in unique.select(*there).iter_rows(named=True):
            wants = _wants_of(tuple((k, v) for k, v in cells.items() if v is not None), self.on)
            valid.append(wants is not None)
            wish = Wish() if wants is None else Wish(*wants[:4])
            found.append(wishes.setdefault(wish, len(wishes)))
            code = None if wants is None else wants[4]
            classes.append(-1 if code is None else places.get(code, len(self.classes)))
        self.ok &= np.array(valid)[numbers]
        self.told["class_asked"] = np.array(classes)[numbers]
        return np.array(found, np.int32)[numbers], tuple(wishes)

    def _homes(self, *, wanted: bool) -> tuple[tuple[str | None, str | None, str | None], ...]:
        for path, pattern in (("zip", r"^\d{5}$"), ("county", _TEXT)):
            if (text := self._texts(path)) is not None:
                self._keep(text, text.str.contains(pattern))
        if not wanted:
            return ()
        texts = [self._texts(path) for path in _PLACE]
        blank = pl.Series([None] * self.frame.height, dtype=pl.String)
        rows = list(zip(*(text if text is not None else blank for text in texts), strict=True))
        homes = list(dict.fromkeys(rows))
        numbers = {home: number for number, home in enumerate(homes, 1)}
        self.told["place"] = np.array([numbers[row] for row in rows], np.int64)
        return tuple(homes)

    def _amount(self) -> None:
        text = self._texts("wants.face_amount")
        if text is None:
            return
        whole = text.str.strip_suffix(".00").str.strip_suffix(".0")
        right = whole.str.contains(r"^[0-9]{1,12}$")
        amount = whole.to_frame("x").select(pl.when(right).then(pl.col("x")).cast(pl.Int64))
        figures = amount.to_series()
        self._keep(text, figures.is_between(1, LARGEST_AMOUNT))
        self.told["amount"] = figures.fill_null(known.UNKNOWN["amount"]).to_numpy()

    def _is_harmless(self, path: str) -> bool:
        """Whether a column neither prices nor classes anybody."""
        if path.startswith("details.") or path in _JUDGED:
            return not self.judged.history
        return path in _HARMLESS

    def _other(self, column: Column) -> None:
        """A column that no compiled product reads: plain where it is empty or surely right."""
        text = self._texts(column.path)
        if text is None or column.path in {ID, ROW}:
            return
        if column.path in _COMPLETE:
            self._keep(text, text.is_in(_COMPLETE[column.path]))
        elif not self._is_harmless(column.path):
            self._keep(text, text == "[]" if column.kind is Kind.JSON else text.is_null())
        elif text.n_unique() <= _FEW:
            cells, at = _factored(text)
            right = [cell is None or _is_right(cell, column, self.on) for cell in cells]
            self.ok &= _each(right, at)
        elif column.kind is Kind.AMOUNT:
            self._keep(text, text.str.contains(r"^[0-9]{1,9}(\.[0-9]{1,2})?$"))
        else:
            fits = text.str.contains(_TEXT) if column.kind is Kind.TEXT else text.is_null()
            free = column.path in {"occupation", "duties", "owner.name", "visa"}
            self._keep(text, fits if free else text.is_null())


def _factored(text: pl.Series) -> tuple[list[str | None], Whole]:
    """The distinct cells, and which of them each row has."""
    cells = text.unique(maintain_order=True)
    frame = pl.DataFrame({"cell": cells}).with_row_index("number")
    joined = text.to_frame("cell").join(
        frame, on="cell", how="left", nulls_equal=True, maintain_order="left"
    )
    return cells.to_list(), joined.get_column("number").to_numpy().astype(np.int64)


def _each(of_cells: Sequence[Any], at: Whole) -> Any:
    return np.array(of_cells)[at]


def _days_of(born: Births) -> Whole:
    """Days since 1970 of birth dates."""
    months = (born.year - 1970) * 12 + born.month - 1
    found: Whole = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return found + born.day - 1


def _bmi_tenths(height: Whole, weight: Whole) -> Whole:
    """Tenths of kg/m2 of thousandths of inches and pounds, to the nearest, halves to the even."""
    above = weight * (45_359_237 * 10_000)
    below = np.maximum(height, 1) ** 2 * 254**2
    whole, rest = np.divmod(above, below)
    up = (2 * rest > below) | ((2 * rest == below) & (whole % 2 == 1))
    found: Whole = whole + up
    return found


def _ordinal(day: date | None) -> int:
    """Days since 1970, -1 for none (nobody alive was insured then)."""
    return -1 if day is None else day.toordinal() - date(1970, 1, 1).toordinal()


@lru_cache(maxsize=200_000)
def _nicotine_of(
    cell: str | None, on: date, products: frozenset[str]
) -> tuple[int, int, date | None] | None:
    """Months without nicotine, and the first last day of use; None where the cell is not plain.

    Use of one of the `products` is not: some guide takes it otherwise than the rest.
    """
    if cell is None:
        return BIG, -1, None
    facts, _ = facts_of_row({"nicotine": cell}, (Column("nicotine", Kind.JSON),), on)
    if facts is None or facts.insured.nicotine is None:
        return None
    if any(use.product in products for use in facts.insured.nicotine):
        return None
    days = [use.last_used.last for use in facts.insured.nicotine if use.last_used]
    earliest = min(days, default=None)
    if earliest is not None and earliest.year < 1970:
        return None
    return (*nicotine_months(facts.insured, on), earliest)


@lru_cache(maxsize=50_000)
def _family_of(cell: str | None, on: date) -> tuple[Relative, ...] | None:
    """The family history; empty where nothing is known or none, None where it is not plain."""
    if cell is None:
        return ()
    facts, _ = facts_of_row({"family": cell}, (Column("family", Kind.JSON),), on)
    return None if facts is None else facts.insured.family or ()


@lru_cache(maxsize=10_000)
def _wants_of(cells: tuple[tuple[str, str], ...], on: date) -> tuple[Any, ...] | None:
    """Line, term, plan, mode and class of a wish; None where it is not plain."""
    kinds = {"wants.term_years": Kind.WHOLE}
    columns = [Column(path, kinds.get(path, Kind.TEXT)) for path, _ in cells]
    facts, _ = facts_of_row(dict(cells), columns, on)
    if facts is None:
        return None
    if not facts.wants:
        return None, None, None, None, None
    wants = facts.wants[0]
    return wants.line, wants.term_years, wants.plan, wants.mode, wants.class_code


@lru_cache(maxsize=50_000)
def _is_right(cell: str, column: Column, on: date) -> bool:
    """Whether a cell is without fault by itself."""
    return facts_of_row({column.path: cell}, (column,), on)[0] is not None

"""Critical illness: a month's rate per 1,000 by age band, sex and nicotine, children included.

The rates follow the incidence of cancer, heart attack and stroke, which doubles about every ten
years of age. The figures are the fictional carriers' own.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from megler.demo.rules.books.common import (
    Dated,
    House,
    band,
    choice,
    document,
    head,
    rounded_modes,
    table,
    where_sold,
)
from megler.demo.rules.text import Table, csv_file
from megler.vocabulary.codes import Mode

RATES: tuple[tuple[int, int, str, str, str, str], ...] = (
    (18, 29, "0.22", "0.36", "0.19", "0.34"),
    (30, 39, "0.41", "0.72", "0.38", "0.70"),
    (40, 49, "0.79", "1.52", "0.83", "1.71"),
    (50, 59, "1.38", "2.71", "1.74", "3.62"),
    (60, 69, "2.16", "4.17", "3.05", "6.20"),
)
"""Age from, age to; women without nicotine and with, men without and with."""
COVER = {"all": "1", "cancer": "0.61"}
ILLNESS_MODES = {
    Mode.MONTHLY: "1",
    Mode.QUARTERLY: "2.97",
    Mode.SEMIANNUAL: "5.9",
    Mode.ANNUAL: "11.7",
}
RECURRENCE_SHARE, RECURRENCE_LAST_AGE = "0.14", 59


@dataclass(frozen=True, slots=True)
class IllnessBook:
    """A critical illness product; `level` stands to the usual rates."""

    code: str
    name: str
    amount: tuple[int, int]
    level: str
    editions: tuple[Dated, ...]


def illness_edition(house: House, book: IllnessBook, dated: Dated) -> dict[str, bytes]:
    """The files of one edition."""
    level = Decimal(book.level) * Decimal(str(dated.level))
    rows = [
        [low, high, sex, *(monthly(rate, level) for rate in of_sex)]
        for low, high, *four in RATES
        for sex, of_sex in (("female", four[:2]), ("male", four[2:]))
    ]
    described = head(house, "rate_book", book.code, book.name, dated.effective_from)
    return {
        "edition.toml": document(described, [_product(house, book)], _tables()),
        "base.csv": csv_file(["age_from", "age_to", "sex", "none", "user"], rows),
        "cover.csv": csv_file([*COVER], [[*COVER.values()]]),
    }


def monthly(rate: str, level: Decimal) -> str:
    """A rate at the carrier's level, in cents half up.

    >>> monthly("0.41", Decimal("1.1"))
    '0.45'
    """
    return str((Decimal(rate) * level).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def _product(house: House, book: IllnessBook) -> Table:
    low, high = book.amount
    return {
        "code": book.code,
        "name": book.name,
        "line": "critical_illness",
        "age_basis": "last",
        "premium_period": "monthly",
        "eligibility": {
            "age": {"min": RATES[0][0], "max": RATES[-1][1]},
            "amount": {"min": str(low), "max": str(high), "step": "5000"},
            **where_sold(house),
        },
        "ask": [
            {
                "name": "cover",
                "label": "Illnesses covered",
                "kind": "choice",
                "values": [*COVER],
                "default": "all",
            }
        ],
        "step": [
            {"name": "base", "do": "rate", "table": "base", "per": "1000"},
            {"name": "illnesses", "do": "multiply", "table": "cover"},
            {"name": "riders", "do": "riders"},
            *rounded_modes(ILLNESS_MODES),
        ],
        "rider": [
            {"code": "children", "name": "Children, a quarter of the amount", "included": True},
            {
                "code": "recurrence",
                "name": "Second payment on recurrence",
                "eligibility": {"age": {"max": RECURRENCE_LAST_AGE}},
                "step": [
                    {"name": "recurrence", "do": "share", "by": RECURRENCE_SHARE},
                    {"name": "least for recurrence", "do": "at_least", "amount": "1.25"},
                ],
            },
        ],
    }


def _tables() -> list[Table]:
    base = [
        band("age"),
        choice("sex", ["female", "male"]),
        choice("nicotine", ["none", "user"], True),
    ]
    return [
        table("base", "rate_per_1000", base, monotone={"age": "rises", "nicotine": "rises"}),
        table("cover", "factor", [choice("cover", [*COVER], across=True)]),
    ]

"""Specialty: special events by factors, and contractors' equipment by value.

The way of rating is the trade's: base by limit times factors, or a rate per 100 of value, never
below a minimum premium, then surplus lines tax and a fee. The rates are the fictional carrier's.
"""

from dataclasses import dataclass

from megler.demo.rules.books.common import Dated, House, band, choice, document, head, table
from megler.demo.rules.text import Table, csv_file

TAXES = {
    "CO": "103", "FL": "104.94", "GA": "104", "MN": "103", "ND": "101.75", "OH": "105",
    "PA": "103", "TN": "105", "TX": "104.85", "UT": "104.25",
}  # fmt: skip
"""What is paid for 100 of premium with surplus lines tax, of the size that the states ask."""
LIMITS = ("1000000", "2000000", "3000000")
EVENTS: dict[str, tuple[str, str, str]] = {
    "wedding": ("96", "129", "158"),
    "conference": ("138", "186", "228"),
    "festival": ("335", "452", "554"),
    "concert": ("418", "564", "690"),
}
"""Base premium by kind of event and limit."""
ATTENDANCE = ((1, 100, "1"), (101, 250, "1.35"), (251, 500, "1.9"), (501, 1000, "2.8"),
              (1001, 2500, "4.6"), (2501, 5000, "7.5"))  # fmt: skip
DAYS = ("1", "1.6", "2.1", "2.5", "2.8")
EQUIPMENT = {"hand tools": "2.10", "earth movers": "0.92", "cranes": "1.48", "other": "1.25"}
"""A year's rate per 100 of value."""
DEDUCTIBLES = {"500": "1.15", "1000": "1", "2500": "0.88", "5000": "0.79"}


@dataclass(frozen=True, slots=True)
class SpecialtyBook:
    """The specialty programme of a carrier."""

    series: str
    title: str
    event_code: str
    equipment_code: str
    editions: tuple[Dated, ...]


def specialty_edition(house: House, book: SpecialtyBook, dated: Dated) -> dict[str, bytes]:
    """The files of one edition."""
    described = head(house, "rate_book", book.series, book.title, dated.effective_from)
    bases = [[kind, *figures] for kind, figures in EVENTS.items()]
    return {
        "edition.toml": document(described, [_event(book), _equipment(book)], _tables()),
        "events.csv": csv_file(["event", "limit", "value"], [
            (kind, limit, figure) for kind, *figures in bases
            for limit, figure in zip(LIMITS, figures, strict=True)
        ]),
        "attendance.csv": csv_file(["attendance_from", "attendance_to", "value"], ATTENDANCE),
        "days.csv": csv_file(["days", "value"], list(enumerate(DAYS, start=1))),
        "alcohol.csv": csv_file(["yes", "no"], [("1.25", "1")]),
        "equipment.csv": csv_file(["equipment", "value"], EQUIPMENT.items()),
        "deductible.csv": csv_file([*DEDUCTIBLES], [[*DEDUCTIBLES.values()]]),
        "tax.csv": csv_file(["jurisdiction", "value"], TAXES.items()),
    }  # fmt: skip


def _event(book: SpecialtyBook) -> Table:
    least, most = LIMITS[0], LIMITS[-1]
    return {
        **_specialty(book.event_code, "Special event liability"),
        "eligibility": {
            "amount": {"min": least, "max": most, "step": least},
            "jurisdictions": {"only": [*TAXES]},
        },
        "ask": [
            _asked("event", "Kind of event", [*EVENTS]),
            _counted("attendance", "People expected on the busiest day", 1, 5000),
            _counted("days", "Days", 1, len(DAYS)) | {"default": 1},
            _asked("alcohol", "Alcohol is served", ["yes", "no"]) | {"default": "no"},
        ],
        "step": [
            {"name": "base", "do": "cell", "table": "events"},
            {"name": "attendance", "do": "multiply", "table": "attendance"},
            {"name": "days", "do": "multiply", "table": "days"},
            {"name": "alcohol", "do": "multiply", "table": "alcohol"},
            *_to_pay("150", "35"),
        ],
    }


def _equipment(book: SpecialtyBook) -> Table:
    return {
        **_specialty(book.equipment_code, "Contractors' equipment"),
        "eligibility": {
            "amount": {"min": "10000", "max": "1000000", "step": "1000"},
            "jurisdictions": {"only": [*TAXES]},
        },
        "ask": [
            _asked("equipment", "Kind of equipment", [*EQUIPMENT]),
            _asked("deductible", "Deductible", [*DEDUCTIBLES]) | {"default": "1000"},
        ],
        "step": [
            {"name": "base", "do": "rate", "table": "equipment", "per": "100"},
            {"name": "deductible", "do": "multiply", "table": "deductible"},
            *_to_pay("500", "75"),
        ],
    }


def _specialty(code: str, name: str) -> Table:
    return {
        "code": code,
        "name": name,
        "line": "specialty",
        "age_basis": "last",
        "premium_period": "annual",
    }


def _to_pay(least: str, fee: str) -> list[Table]:
    """Minimum premium, whole dollars, tax, the carrier's fee, cents."""
    return [
        {"name": "minimum premium", "do": "at_least", "amount": least},
        {"name": "premium", "do": "round", "to": "1", "how": "half_up"},
        {"name": "surplus lines tax", "do": "multiply", "table": "tax", "per": "100"},
        {"name": "policy fee", "do": "add", "amount": fee},
        {"name": "cents", "do": "round", "to": "0.01", "how": "half_up"},
    ]


def _asked(name: str, label: str, values: list[str]) -> Table:
    return {"name": name, "label": label, "kind": "choice", "values": values}


def _counted(name: str, label: str, low: int, high: int) -> Table:
    return {"name": name, "label": label, "kind": "whole", "from": low, "to": high}


def _tables() -> list[Table]:
    limit: Table = {"name": "amount", "kind": "whole", "column": "limit"}
    limit |= {"from": int(LIMITS[0]), "to": int(LIMITS[-1]), "step": int(LIMITS[0])}
    days: Table = {"name": "days", "kind": "whole", "column": "days", "from": 1, "to": len(DAYS)}
    return [
        table("events", "premium", [choice("event", [*EVENTS]), limit]),
        table("attendance", "factor", [band("attendance")], monotone={"attendance": "rises"}),
        table("days", "factor", [days], monotone={"days": "rises"}),
        table("alcohol", "factor", [choice("alcohol", ["yes", "no"], across=True)]),
        table("equipment", "rate", [choice("equipment", [*EQUIPMENT])]),
        table("deductible", "factor", [choice("deductible", [*DEDUCTIBLES], across=True)]),
        table("tax", "percent", [choice("jurisdiction", [*TAXES])]),
    ]

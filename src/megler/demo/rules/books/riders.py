"""The riders of term life: children, accidental death, waiver of premium, accelerated benefit.

Figures are of the size usual in the trade: some dollars per 1,000 for all children together, about
a dollar per 1,000 for accidental death, and a share of the premium that grows with age for waiver.
"""

from megler.demo.rules.books.common import band, whole
from megler.demo.rules.text import Table, csv_file

ACCIDENTAL: tuple[tuple[int, int | None, str], ...] = (
    (0, 39, "0.78"),
    (40, 49, "0.84"),
    (50, 59, "0.96"),
    (60, None, "1.20"),
)
"""Age from, age to and yearly rate per 1,000 of accidental death benefit."""
ACCIDENTAL_AMOUNT = (25_000, 300_000)
WAIVER_LAST_AGE = 55
WAIVER_FIRST, WAIVER_GROWTH = 0.031, 1.034
CHILD_RATE = "5.40"


def waiver_share(age: int) -> str:
    """The share of the premium that waiver costs at an age at issue.

    >>> waiver_share(18), waiver_share(45)
    ('0.031', '0.076')
    """
    return f"{WAIVER_FIRST * WAIVER_GROWTH ** (age - 18):.3f}"


def term_riders(first_age: int, last_age: int) -> list[Table]:
    """The [[product.rider]] of a term product sold from `first_age` to `last_age`."""
    low, high = ACCIDENTAL_AMOUNT
    return [
        {
            "code": "child_term",
            "name": "Children's term",
            "amount": "10000",
            "eligibility": {"amount": {"min": "5000", "max": "25000", "step": "1000"}},
            "step": [
                {"name": "children's amount", "do": "amount"},
                {"name": "children's rate", "do": "multiply", "by": CHILD_RATE, "per": "1000"},
            ],
        },
        {
            "code": "accidental_death",
            "name": "Accidental death benefit",
            "percent_max": "100",
            "eligibility": {"amount": {"min": str(low), "max": str(high)}},
            "step": [
                {"name": "accidental death", "do": "rate", "table": "accidental", "per": "1000"},
            ],
        },
        {
            "code": "waiver_of_premium",
            "name": "Waiver of premium",
            "eligibility": {"age": {"max": min(last_age, WAIVER_LAST_AGE)}},
            "step": [{"name": "waiver of premium", "do": "share", "table": "waiver"}],
        },
        {"code": "accelerated_benefit", "name": "Accelerated death benefit", "included": True},
    ]


def rider_tables(first_age: int, last_age: int) -> list[Table]:
    """The [[table]] that the riders read."""
    return [
        {
            "name": "accidental",
            "file": "accidental.csv",
            "measure": "rate_per_1000",
            "monotone": {"age": "rises"},
            "dimension": [band("age")],
        },
        {
            "name": "waiver",
            "file": "waiver.csv",
            "measure": "factor",
            "monotone": {"age": "rises"},
            "dimension": [whole("age", first_age, min(last_age, WAIVER_LAST_AGE))],
        },
    ]


def rider_files(first_age: int, last_age: int) -> dict[str, bytes]:
    """The files of `rider_tables`."""
    ages = range(first_age, min(last_age, WAIVER_LAST_AGE) + 1)
    bands = [(low, "" if high is None else high, rate) for low, high, rate in ACCIDENTAL]
    return {
        "accidental.csv": csv_file(["age_from", "age_to", "value"], bands),
        "waiver.csv": csv_file(["age", "value"], [(age, waiver_share(age)) for age in ages]),
    }

"""A life as one row of whole numbers: which column is what. Classes read the first sixteen."""

from megler.underwriting.rules.compiled_facts import BIG, ClassFacts

FIRST = ("age_nearest", "age_last")
NAMES: tuple[str, ...] = (
    *FIRST,
    *ClassFacts._fields,
    "family",
    "jurisdiction",
    "amount",
    "class_asked",
    "table",
    "flat_extra",
    "place",
)
AGE_NEAREST, AGE_LAST, SEX = 0, 1, 2
FREE_MONTHS = NAMES.index("free_months")
JURISDICTION, AMOUNT, CLASS_ASKED, TABLE, FLAT_EXTRA, PLACE = range(16, 22)
COUNT = len(NAMES)
UNKNOWN = {
    **dict.fromkeys(NAMES, -1),
    "free_months": BIG,
    "family": 0,
    "jurisdiction": 0,
    "amount": -2,
    "flat_extra": 0,
    "place": 0,
}
"""What stands in each column where nothing is known or asked."""

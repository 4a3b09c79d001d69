"""The facts that a guide's conditions may name, and what each is.

Facts of the person hold everywhere. Facts of the entry hold in ratings of an impairment that is found
in a list: they are of the entry in question. Besides, a guide's own questions are facts by their keys.
"""

from dataclasses import dataclass
from enum import StrEnum


class FactType(StrEnum):
    """What a fact is compared with."""

    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that every guide may name. `of_entry`: of the entry that an impairment is found in.

    `calls` is how many arguments it takes at most (0: it is no call), `needs` at least.
    """

    type: FactType
    unit: str = ""
    of_entry: bool = False
    calls: int = 0
    needs: int = 0


_NUMBER, _TEXT, _FLAG = FactType.NUMBER, FactType.TEXT, FactType.FLAG

FACTS: dict[str, Known] = {
    # the person
    "age": Known(_NUMBER, "years"),
    "sex": Known(_TEXT),
    "jurisdiction": Known(_TEXT),
    "citizenship": Known(_TEXT),
    "visa": Known(_TEXT),
    "occupation": Known(_TEXT),
    "height_in": Known(_NUMBER, "in"),
    "weight_lb": Known(_NUMBER, "lb"),
    "bmi": Known(_NUMBER, "kg/m2"),
    "systolic": Known(_NUMBER, "mmHg"),
    "diastolic": Known(_NUMBER, "mmHg"),
    "pressure_treated": Known(_FLAG),
    "cholesterol_total": Known(_NUMBER, "mg/dL"),
    "cholesterol_ratio": Known(_NUMBER),
    "cholesterol_treated": Known(_FLAG),
    "nicotine": Known(_TEXT),
    "nicotine_free_months": Known(_NUMBER, "months"),
    "income_annual": Known(_NUMBER, "$"),
    "net_worth": Known(_NUMBER, "$"),
    "amount": Known(_NUMBER, "$"),
    "total_amount": Known(_NUMBER, "$"),
    "income_multiple": Known(_NUMBER),
    "net_worth_multiple": Known(_NUMBER),
    # calls: the first argument is the code of an impairment or condition, or a drug or drug class
    "has": Known(_FLAG, calls=1, needs=1),
    "takes": Known(_FLAG, calls=1, needs=1),
    "count": Known(_NUMBER, calls=2, needs=1),
    "months_since": Known(_NUMBER, "months", of_entry=True, calls=1),
    "years_since": Known(_NUMBER, "years", of_entry=True, calls=1),
    # the entry
    "months_since_end": Known(_NUMBER, "months", of_entry=True),
    "years_since_end": Known(_NUMBER, "years", of_entry=True),
    "age_at_onset": Known(_NUMBER, "years", of_entry=True),
    "ended": Known(_FLAG, of_entry=True),
    "days": Known(_NUMBER, "days", of_entry=True),
    "country": Known(_TEXT, of_entry=True),
    "dose": Known(_TEXT, of_entry=True),
    "entries": Known(_NUMBER, of_entry=True),
}
"""`months_since` and `years_since` without an argument are of the entry (its `since`), with a code of
the person's latest entry of that code, or latest use of that nicotine product. `count(code, months)`
counts entries of the code in so many months before today, `count(code)` ever; of a nicotine product its
uses at the yearly rate, in 12 months where none are named. `takes` names a drug or a drug class.
`total_amount` is the amount asked for with cover in force that is not replaced, and pending.
`income_multiple` is total_amount / income_annual. `entries` is how many entries of the impairment
there are."""

PERSON_NICOTINE = ("none", "user")

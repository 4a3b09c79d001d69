"""Driving, crime, hobbies, travel, work and finances, as the fictional carriers rate them."""

from megler.demo.rules.impairments.blocks import Ask, Block, Case

_DRIVING, _CRIME, _HOBBY = "driving", "criminal", "avocation"


def drunk_driving(postponed: int, flat: str) -> Block:
    """Driving under the influence: postponed for so many months, then a flat extra to 5 years."""
    once = 'count("dui", 120) <= 1'
    return Block(
        "dui", "Driving under the influence", _DRIVING,
        (
            Case('count("dui", 120) >= 2', "decline", text="twice in 10 years"),
            Case(f"{once} and months_since < {postponed}", "postpone",
                 text=f"within {postponed} months", postpone=(str(postponed), "since")),
            Case(f"{once} and {postponed} <= months_since < 60", "standard",
                 text="within 5 years", flat=(flat, "", "2")),
            Case(f"{once} and months_since >= 60", "preferred", text="5 years ago and more"),
        ),
        listed="driving",
    )  # fmt: skip


VIOLATION = Block(
    "minor_violation", "Moving violation", _DRIVING,
    (
        Case('count("minor_violation", 36) <= 2', "any", text="up to 2 in 3 years"),
        Case('count("minor_violation", 36) == 3', "standard_plus", text="3 in 3 years"),
        Case('count("minor_violation", 36) >= 4', "standard", text="4 or more in 3 years",
             flat=("2.50", "5", "2")),
    ),
    listed="driving",
)  # fmt: skip
RECKLESS = Block(
    "reckless_driving", "Reckless driving", _DRIVING,
    (
        Case("months_since < 24", "standard", text="within 2 years", flat=("2.50", "", "2")),
        Case("24 <= months_since < 60", "standard_plus", text="within 5 years"),
        Case("months_since >= 60", "any", text="5 years ago and more"),
    ),
    listed="driving",
)  # fmt: skip
ACCIDENT = Block(
    "at_fault_accident", "Accident by own fault", _DRIVING,
    (
        Case('count("at_fault_accident", 36) <= 1', "any", text="one in 3 years"),
        Case('count("at_fault_accident", 36) >= 2', "standard", text="several in 3 years"),
    ),
    listed="driving",
)  # fmt: skip
SUSPENSION = Block(
    "license_suspension", "Licence suspended", _DRIVING,
    (
        Case("months_since < 12", "postpone", text="within a year", postpone=("12", "since")),
        Case("months_since >= 12", "standard", text="a year ago and more"),
    ),
    listed="driving",
)  # fmt: skip
MISDEMEANOR = Block(
    "misdemeanor", "Misdemeanor", _CRIME,
    (
        Case('count("misdemeanor", 60) <= 1', "any", text="one in 5 years"),
        Case('count("misdemeanor", 60) >= 2', "standard", text="several in 5 years"),
    ),
    listed="criminal",
)  # fmt: skip
FELONY = Block(
    "felony", "Felony", _CRIME,
    (
        Case("months_since_end < 60", "decline", text="sentence served within 5 years"),
        Case("60 <= months_since_end < 120", "standard", text="within 10 years",
             flat=("5", "", "5")),
        Case("months_since_end >= 120", "standard_plus", text="10 years ago and more"),
    ),
    listed="criminal",
)  # fmt: skip
PENDING = Block(
    "pending_charges", "Charges pending", _CRIME,
    (Case("", "postpone", text="until they are settled"),), listed="criminal",
)  # fmt: skip
PROBATION = Block(
    "probation", "Probation or parole", _CRIME,
    (
        Case("not ended", "postpone", text="until it ends"),
        Case("ended", "standard", text="ended"),
    ),
    listed="criminal",
)  # fmt: skip
SCUBA = Block(
    "scuba", "Scuba diving", _HOBBY,
    (
        Case("depth_ft <= 100", "any", text="to 100 ft"),
        Case("100 < depth_ft <= 150", "any", text="to 150 ft", flat=("2.50", "", "")),
        Case("depth_ft > 150", "any", text="deeper", flat=("5", "7.50", "")),
    ),
    (Ask("depth_ft", "number", "How deep are the dives?", "90", unit="ft"),),
    "avocations",
)  # fmt: skip
PILOT = Block(
    "private_pilot", "Private flying", _HOBBY,
    (
        Case("26 <= hours_per_year <= 200 and total_hours >= 100", "any", text="experienced"),
        Case("(hours_per_year < 26 or hours_per_year > 200) and total_hours >= 100", "any",
             text="too few or too many hours", flat=("2.50", "", "")),
        Case("total_hours < 100", "any", text="less than 100 hours in all", flat=("3.50", "5", "")),
    ),
    (
        Ask("hours_per_year", "number", "How many hours a year?", "60", unit="hours"),
        Ask("total_hours", "number", "How many hours in all?", "300", unit="hours"),
    ),
    "avocations",
)  # fmt: skip
SKYDIVING = Block(
    "skydiving", "Skydiving", _HOBBY,
    (
        Case("jumps_per_year <= 50", "any", text="to 50 jumps a year", flat=("2.50", "", "")),
        Case("jumps_per_year > 50", "any", text="more", flat=("5", "", "")),
    ),
    (Ask("jumps_per_year", "number", "How many jumps a year?", "20"),),
    "avocations",
)  # fmt: skip
CLIMBING = Block(
    "climbing", "Climbing", _HOBBY,
    (
        Case("altitude_ft <= 13000", "any", text="to 13,000 ft"),
        Case("13000 < altitude_ft <= 20000", "any", text="to 20,000 ft", flat=("2.50", "5", "")),
        Case("altitude_ft > 20000", "decline", text="higher"),
    ),
    (Ask("altitude_ft", "number", "To which altitude?", "8000", unit="ft"),),
    "avocations",
)  # fmt: skip
RACING = Block(
    "auto_racing", "Motor racing", _HOBBY,
    (Case("", "any", flat=("2.50", "10", "")),), listed="avocations",
)  # fmt: skip
JUMPING = Block("base_jumping", "BASE jumping", _HOBBY, (Case("", "decline"),), listed="avocations")
UNSAFE = Block(
    "unsafe_country", "Country with a travel warning", "travel",
    (
        Case("days <= 14", "standard", text="to 14 days", flat=("2.50", "5", "1")),
        Case("days > 14", "postpone", text="until after the journey"),
    ),
    listed="travel", words="AF|HT|IQ|LY|ML|SD|SO|SS|SY|YE",
)  # fmt: skip
ABROAD = Block(
    "travel", "Travel", "travel",
    (
        Case("days <= 60", "any", text="to 60 days a year"),
        Case("days > 60", "individual_consideration", text="longer"),
    ),
    listed="travel", words="*",
)  # fmt: skip
HEAVY_WORK = Block(
    "dangerous_work", "Dangerous work", "occupation",
    (Case("", "any", flat=("2.50", "5", "")),),
    listed="occupation",
    words="logger|lumberjack|underground miner|commercial diver|commercial fisherman|blaster",
)  # fmt: skip


def income_limits(*steps: tuple[int, int]) -> Block:
    """The cover that an income bears: (up to this age, so many times), the last to any age."""
    within, beyond, low = [], [], 0
    for last, times in steps:
        ages = f"age >= {low}" if (last, times) == steps[-1] else f"{low} <= age <= {last}"
        within.append(f"{ages} and income_multiple <= {times}")
        beyond.append(f"{ages} and income_multiple > {times}")
        low = last + 1
    cases = [
        Case(when, "any", text=f"up to {times} times the income")
        for when, (_, times) in zip(within, steps, strict=True)
    ]
    cases += [
        Case(when, "individual_consideration", text=f"more than {times} times the income")
        for when, (_, times) in zip(beyond, steps, strict=True)
    ]
    return Block("finances", "Cover and income", "finances", tuple(cases), listed="person")


EVERY_DRIVING = (VIOLATION, RECKLESS, ACCIDENT, SUSPENSION)
EVERY_CRIME = (MISDEMEANOR, FELONY, PENDING, PROBATION)
EVERY_HOBBY = (SCUBA, PILOT, SKYDIVING, CLIMBING, RACING, JUMPING)

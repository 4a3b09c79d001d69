"""Inventing applicants: people of all ages, mostly healthy, who want what such people want."""

import random
from datetime import date, timedelta

from megler.demo.rules.applicants import OLD_INSURERS, Applicant, Wish
from megler.demo.rules.names import (
    DOCTORS,
    EMPLOYERS,
    FEMALE,
    LAST,
    MALE,
    OCCUPATIONS,
    PLACES,
    STREETS,
    phone,
)
from megler.demo.rules.roster.every import CARRIERS
from megler.vocabulary.codes import Sex

LINES = {
    "term_life": 66,
    "whole_life": 12,
    "final_expense": 8,
    "health": 8,
    "group_term_life": 6,
}
"""Of a hundred applicants, how many want what."""
AGES = {
    "term_life": (24, 58),
    "whole_life": (22, 64),
    "final_expense": (56, 78),
    "health": (23, 61),
    "group_term_life": (24, 59),
}
HEALTH_STATES = frozenset(
    state for profile in CARRIERS for book in profile.health for state in book.states
)


def an_applicant(dice: random.Random, on: date) -> Applicant:
    """Somebody who asks for a quote on the day `on`."""
    line = dice.choices([*LINES], [*LINES.values()])[0]
    sex = dice.choice([*Sex])
    age = dice.randint(*AGES[line])
    born = on - timedelta(days=round(age * 365.25) + dice.randrange(365))
    places = [p for p in PLACES if line != "health" or p.jurisdiction in HEALTH_STATES]
    place = dice.choice(places)
    occupation, low, high = dice.choice(OCCUPATIONS)
    if age >= 67:
        occupation, low, high = "Retired", 28, 70
    income = dice.randint(low, high) * 1000
    first, middle = (dice.choice(FEMALE if sex is Sex.FEMALE else MALE) for _ in range(2))
    last = dice.choice(LAST)
    married = dice.random() < (0.35 if age < 30 else 0.68)
    partner = dice.choice(MALE if sex is Sex.FEMALE else FEMALE)
    nicotine, stopped = _nicotine(dice, on)
    height = round(dice.gauss(64.3 if sex is Sex.FEMALE else 69.5, 2.6))
    bmi = max(18.5, dice.gauss(26.5, 3.6))
    treated = dice.random() < max(0.03, (age - 35) / 120)
    return Applicant(
        first_name=first,
        middle_name=middle if dice.random() < 0.5 and middle != first else "",
        last_name=last,
        sex=sex,
        born=born,
        place=place,
        street=f"{dice.randint(11, 4890)} {dice.choice(STREETS)}",
        phone=phone(place.area_code, dice.randrange(100)),
        ssn=f"{dice.randint(734, 749)}{dice.randint(1, 99):02d}{dice.randint(1, 9999):04d}",
        occupation=occupation,
        employer="" if occupation == "Retired" else dice.choice(EMPLOYERS),
        income=income,
        net_worth=income * dice.randint(1, 9),
        height_in=min(max(height, 58), 78),
        weight_lb=round(bmi * min(max(height, 58), 78) ** 2 / 703),
        nicotine=nicotine,
        stopped=stopped,
        systolic=round(min(max(dice.gauss(121 + age / 10, 8), 98), 152)),
        diastolic=round(min(max(dice.gauss(78, 6), 60), 94)),
        treated=treated,
        cholesterol=round(min(max(dice.gauss(196, 24), 135), 285)),
        hdl_ratio=f"{min(max(dice.gauss(3.9, 0.8), 2.2), 6.8):.1f}",
        family=_family(dice),
        medications=(("Lisinopril", "10 mg daily", "Blood pressure"),) if treated else (),
        married=married,
        beneficiary=f"{partner} {last}",
        doctor=dice.choice(DOCTORS),
        seen=on - timedelta(days=dice.randint(20, 420)),
        wish=_wish(dice, line, age, income),
        replaced=dice.choice([*OLD_INSURERS]) if dice.random() < 0.08 else "",
    )


def _nicotine(dice: random.Random, on: date) -> tuple[str, date | None]:
    found = dice.random()
    if found < 0.8:
        return "never", None
    if found < 0.88:
        return "past", on - timedelta(days=dice.randint(420, 3600))
    return "current", None


def _family(dice: random.Random) -> tuple[dict[str, object], ...]:
    if dice.random() > 0.14:
        return ()
    condition = dice.choice(("coronary artery disease", "stroke", "cancer"))
    began = dice.randint(48, 63)
    return ({"relation": "father", "condition": condition, "onset_age": began},)


def _wish(dice: random.Random, line: str, age: int, income: int) -> Wish:
    mode = dice.choices(("monthly", "annual", "quarterly"), (78, 16, 6))[0]
    if line == "term_life":
        most = 30 if age <= 42 else 20 if age <= 52 else 15 if age <= 57 else 10
        terms = [t for t in (10, 15, 20, 30) if t <= most]
        amounts = (100_000, 250_000, 250_000, 500_000, 500_000, 750_000, 1_000_000, 1_500_000)
        amount = min(dice.choice(amounts), max(100_000, income * 20 // 50_000 * 50_000))
        return Wish(line, amount, dice.choice(terms[-2:] or terms), mode)
    if line == "whole_life":
        return Wish(line, dice.choice((50_000, 100_000, 100_000, 250_000)), None, mode)
    if line == "final_expense":
        return Wish(line, dice.choice((10_000, 12_500, 15_000, 20_000, 25_000)), None, mode)
    if line == "group_term_life":
        return Wish(line, dice.choice((50_000, 100_000, 150_000, 200_000)), None, "monthly")
    return Wish(line, None, None, "monthly")

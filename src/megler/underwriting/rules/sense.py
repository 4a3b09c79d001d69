"""Facts that cannot be true, or that contradict each other, though each has the right shape."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from megler.underwriting.rules.shape import days_of, shown
from megler.vocabulary.ages import AgeBasis, add_months, age_last, age_on
from megler.vocabulary.problems import Problem, Severity
from megler.vocabulary.zips import zip_fits

CM_PER_INCH = Decimal("2.54")
KG_PER_LB = Decimal("0.45359237")
OLDEST_AGE = 120
_ADULT_HEIGHT_IN = (36, 96)
_ANY_HEIGHT_IN = (10, 96)
_WEIGHT_LB = (2, 1100)
_BMI = (8, 150)

Raw = Mapping[str, Any]
Check = Callable[[Raw, str, date], Iterator[Problem]]


def senseless(person: Raw, at: str, on: date) -> list[Problem]:
    """Every impossible or contradictory fact of one person.

    `person` has the schema's shape; `at` prefixes the places (`people[0].`); `on` is today.
    """
    return [problem for check in _CHECKS for problem in check(person, at, on)]


def _birth(person: Raw, at: str, on: date) -> Iterator[Problem]:
    if person.get("born") is None:
        return
    first, last = days_of(person["born"])
    if first > on:
        yield Problem("facts_in_the_future", f"{at}born", person["born"], f"{on} or before")
        return
    if age_last(last, on) > OLDEST_AGE:
        yield Problem(
            "facts_too_old", f"{at}born", person["born"], f"at most {OLDEST_AGE} years old"
        )
    if person.get("age") is not None:
        fits = range(age_last(min(last, on), on), age_on(first, on, AgeBasis.NEAREST) + 1)
        if person["age"] not in fits:
            found, expected = str(person["age"]), " or ".join(map(str, fits))
            yield Problem("facts_contradicts_born", f"{at}age", found, expected)


def _height(person: Raw, at: str, on: date) -> Iterator[Problem]:
    inches, cm = _number(person, "height_in"), _number(person, "height_cm")
    if inches is not None and cm is not None and abs(inches * CM_PER_INCH - cm) > CM_PER_INCH / 2:
        expected = f"{(inches * CM_PER_INCH).normalize():f}"
        yield Problem("facts_contradicts_height_in", f"{at}height_cm", f"{cm:f}", expected)
    low, high = _ADULT_HEIGHT_IN if _surely_adult(person, on) else _ANY_HEIGHT_IN
    if inches is not None and not low <= inches <= high:
        yield Problem("facts_absurd_height", f"{at}height_in", f"{inches:f}", f"{low} to {high} in")
    if cm is not None and not low <= cm / CM_PER_INCH <= high:
        bounds = f"{low * CM_PER_INCH:.0f} to {high * CM_PER_INCH:.0f} cm"
        yield Problem("facts_absurd_height", f"{at}height_cm", f"{cm:f}", bounds)


def _weight(person: Raw, at: str, on: date) -> Iterator[Problem]:
    pounds, kg = _number(person, "weight_lb"), _number(person, "weight_kg")
    if pounds is not None and kg is not None and abs(pounds * KG_PER_LB - kg) > Decimal("0.75"):
        expected = f"{pounds * KG_PER_LB:.1f}"
        yield Problem("facts_contradicts_weight_lb", f"{at}weight_kg", f"{kg:f}", expected)
    low, high = _WEIGHT_LB
    if pounds is not None and not low <= pounds <= high:
        yield Problem("facts_absurd_weight", f"{at}weight_lb", f"{pounds:f}", f"{low} to {high} lb")
    if kg is not None and not low * KG_PER_LB <= kg <= high * KG_PER_LB:
        bounds = f"{low * KG_PER_LB:.0f} to {high * KG_PER_LB:.0f} kg"
        yield Problem("facts_absurd_weight", f"{at}weight_kg", f"{kg:f}", bounds)


def _build(person: Raw, at: str, on: date) -> Iterator[Problem]:
    cm, kg = _number(person, "height_cm"), _number(person, "weight_kg")
    if cm is None and (inches := _number(person, "height_in")) is not None:
        cm = inches * CM_PER_INCH
    if kg is None and (pounds := _number(person, "weight_lb")) is not None:
        kg = pounds * KG_PER_LB
    if cm is None or kg is None:
        return
    bmi = kg / (cm / 100) ** 2
    if not _BMI[0] <= bmi <= _BMI[1]:
        place = f"{at}weight_lb" if person.get("weight_lb") is not None else f"{at}weight_kg"
        expected = f"a body-mass index of {_BMI[0]} to {_BMI[1]}"
        yield Problem("facts_absurd_build", place, f"{bmi:.1f}", expected)


def _pressure(person: Raw, at: str, on: date) -> Iterator[Problem]:
    pressure = person.get("blood_pressure") or {}
    systolic, diastolic = pressure.get("systolic"), pressure.get("diastolic")
    if systolic is not None and diastolic is not None and systolic <= diastolic:
        place, expected = f"{at}blood_pressure.systolic", f"more than {diastolic}"
        yield Problem("facts_systolic_not_above_diastolic", place, str(systolic), expected)


def _cholesterol(person: Raw, at: str, on: date) -> Iterator[Problem]:
    facts = person.get("cholesterol") or {}
    total, hdl, ratio = (_number(facts, key) for key in ("total", "hdl", "hdl_ratio"))
    if total is None or hdl is None:
        return
    if hdl >= total:
        place = f"{at}cholesterol.hdl"
        yield Problem("facts_hdl_not_below_total", place, f"{hdl:f}", f"less than {total:f}")
    elif ratio is not None and abs(total / hdl - ratio) > Decimal("0.15"):
        place, expected = f"{at}cholesterol.hdl_ratio", f"{total / hdl:.1f}"
        yield Problem("facts_contradicts_hdl", place, f"{ratio:f}", expected)


def _past_days(person: Raw, at: str, on: date) -> Iterator[Problem]:
    """What happened, happened between birth and today."""
    birth = days_of(person["born"])[0] if person.get("born") else None
    if birth is None and person.get("age") is not None:
        birth = add_months(on, -12 * (person["age"] + 1))
    for place, text in _dated(person):
        first, last = days_of(text)
        if first > on:
            yield Problem("facts_in_the_future", f"{at}{place}", text, f"{on} or before")
        elif birth is not None and last < birth:
            yield Problem("facts_before_birth", f"{at}{place}", text, f"{birth} or after")


def _dated(person: Raw) -> Iterator[tuple[str, str]]:
    for key in ("blood_pressure", "cholesterol"):
        if text := (person.get(key) or {}).get("measured"):
            yield f"{key}.measured", text
    keys = {
        "nicotine": ("last_used",),
        "conditions": ("since", "until"),
        "medications": ("since", "until"),
        "driving": ("on",),
        "criminal": ("on",),
        "in_force": ("issued",),
        "evidence": ("on",),
    }
    for name, days in keys.items():
        for i, entry in enumerate(person.get(name) or []):
            for day in days:
                if entry.get(day):
                    yield f"{name}[{i}].{day}", entry[day]


def _orders(person: Raw, at: str, on: date) -> Iterator[Problem]:
    spans = (("conditions", "since", "until"), ("medications", "since", "until"))
    for name, begin, end in (*spans, ("criminal", "on", "ended")):
        for i, entry in enumerate(person.get(name) or []):
            if entry.get(begin) and entry.get(end):
                start, stop = days_of(entry[begin])[0], days_of(entry[end])[1]
                if stop < start:
                    place = f"{at}{name}[{i}].{end}"
                    yield Problem("facts_ends_before_start", place, entry[end], f"{start} or after")
    for i, relative in enumerate(person.get("family") or []):
        onset, death = relative.get("onset_age"), relative.get("death_age")
        if onset is not None and death is not None and death < onset:
            place = f"{at}family[{i}].death_age"
            yield Problem("facts_death_before_onset", place, str(death), f"{onset} or more")
        if relative.get("alive") and death is not None:
            yield Problem(
                "facts_alive_and_dead", f"{at}family[{i}].death_age", str(death), "nothing"
            )


def _shares(person: Raw, at: str, on: date) -> Iterator[Problem]:
    """Complete shares of the primary, and of the contingent, beneficiaries make 100 percent."""
    for contingent in (False, True):
        entries = [
            entry
            for entry in person.get("beneficiaries") or []
            if bool(entry.get("contingent")) is contingent
        ]
        shares = [entry.get("share_percent") for entry in entries]
        known = [Decimal(share) for share in shares if share is not None]
        complete = len(known) == len(shares) and person.get("beneficiaries_complete") is not False
        whole = sum(known, Decimal(0))
        if known and (whole > 100 or (complete and whole != 100)):
            found = f"{whole.normalize():f}"
            yield Problem("facts_shares_not_whole", f"{at}beneficiaries", found, "100")


def _zip(person: Raw, at: str, on: date) -> Iterator[Problem]:
    code, jurisdiction = person.get("zip"), person.get("jurisdiction")
    if code and jurisdiction and not zip_fits(jurisdiction, code):
        found = shown(code)
        yield Problem("facts_zip_elsewhere", f"{at}zip", found, jurisdiction, Severity.WARNING)


def _surely_adult(person: Raw, on: date) -> bool:
    if person.get("born") is not None:
        last = days_of(person["born"])[1]
        return last < on and age_last(last, on) >= 18
    return person.get("age") is not None and person["age"] >= 18


def _number(facts: Raw, key: str) -> Decimal | None:
    value = facts.get(key)
    return None if value is None else Decimal(str(value))


_CHECKS: tuple[Check, ...] = (
    _birth, _height, _weight, _build, _pressure, _cholesterol, _past_days, _orders, _shares, _zip,
)  # fmt: skip

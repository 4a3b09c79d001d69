"""Driving, crime, hobbies, work, journeys, marijuana and finances, row by row of the manual."""

from decimal import Decimal
from typing import Any

import pytest

from megler.underwriting.rules.assessment import Outcome
from tests.underwriting.manual.nonmedical import ago, told

IC = "individual_consideration"
BEST = "preferred_plus"


def dui(since: str, **details: Any) -> dict[str, Any]:
    usual = {"bac": 0.12, "accident": "none", "drugs": False}
    return {"event": "DUI", "on": since, "details": usual | details}


def at(months: int, event: str = "minor moving violation") -> dict[str, Any]:
    return {"event": event, "on": ago(months=months), "details": {"over_limit_mph": 10}}


DRIVING = [
    ("one 5 months ago", [dui(ago(months=5))], "postpone", "postpone"),
    ("one 6 months ago", [dui(ago(months=6))], "table_4", "table_6"),
    ("one 11 months ago", [dui(ago(months=11))], "table_4", "table_6"),
    ("one a year ago", [dui(ago(1))], "table_3", "table_5"),
    ("one 3 years ago", [dui(ago(3))], "table_2", "table_3"),
    ("one 5 years ago", [dui(ago(5))], "standard", "table_2"),
    ("bac at 0.15", [dui(ago(2), bac=0.15)], "table_3", "table_5"),
    ("bac above 0.15", [dui(ago(2), bac=0.16)], "table_4", "table_6"),
    ("bac above 0.15 long ago", [dui(ago(6), bac=0.2)], "table_2", "table_2"),
    ("injury within a year", [dui(ago(months=8), accident="injury")], "table_6", "table_8"),
    ("injury 2 years ago", [dui(ago(2), accident="injury")], "table_4", "table_6"),
    ("fatality within a year", [dui(ago(months=8), accident="fatality")], "decline", "decline"),
    ("drugs", [dui(ago(2), drugs=True)], "table_4", "table_6"),
    ("two, the last 11 months ago", [dui(ago(6)), dui(ago(months=11))], "postpone", "decline"),
    ("two, the last a year ago", [dui(ago(6)), dui(ago(1))], "table_6", "table_8"),
    ("two, the last 2 years ago", [dui(ago(6)), dui(ago(2))], "table_4", "table_7"),
    ("two, the last 5 years ago", [dui(ago(9)), dui(ago(5))], "table_3", "table_5"),
    ("two, the last 10 years ago", [dui(ago(12)), dui(ago(10))], "table_2", "table_3"),
    ("three, the last 2 years ago", [dui(ago(n)) for n in (9, 6, 2)], "decline", "decline"),
    ("three, the last 4 years ago", [dui(ago(n)) for n in (9, 6, 4)], "table_8", "decline"),
    ("four, the last 6 years ago", [dui(ago(n)) for n in (9, 8, 7, 6)], IC, "decline"),
    ("two minor long ago", [at(20), at(30)], BEST, BEST),
    ("one minor within a year", [at(6)], "table_2", "table_2"),
    ("three minor within 3 years", [at(13), at(20), at(30)], "table_2", "table_2"),
    ("five minor within 3 years", [at(13), at(14), at(15), at(20), at(30)], "table_3", "table_4"),
    ("three minor within a year", [at(2), at(3), at(4)], "table_3", "table_4"),
    ("one reckless 23 months ago", [at(23, "reckless driving")], "table_3", "table_4"),
    ("one reckless 2 years ago", [at(24, "reckless driving")], BEST, BEST),
    ("one reckless 5 months ago", [at(5, "reckless driving")], "table_4", "table_5"),
    ("two major within 3 years", [at(8, "racing on a public road"), at(30, "hit and run")], "table_5", "table_6"),
    ("major and DUI", [dui(ago(4)), at(30, "reckless driving")], "table_3", "table_4"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "best", "worst"), [c[1:] for c in DRIVING], ids=[c[0] for c in DRIVING]
)
def test_driving(events: list[dict[str, Any]], best: str, worst: str) -> None:
    assert told(driving=events).class_range == (best, worst)


def test_a_recent_dui_waits_until_six_months_after_it() -> None:
    found = told(driving=[dui(ago(months=2))])
    assert found.outcome is Outcome.POSTPONE
    assert found.postpone_until is not None
    assert found.postpone_until.isoformat() == ago(months=-4)


def test_a_young_driver_is_one_table_worse() -> None:
    young = told(driving=[dui(ago(2))], born="2001-06-01")
    assert young.class_range == ("table_4", "table_6")


def test_a_commercial_driver_is_one_table_worse_in_a_commercial_vehicle_two() -> None:
    private = told(driving=[dui(ago(2))], details={"commercial_driver": True})
    assert private.class_range == ("table_4", "table_6")
    both = {"commercial_driver": True, "commercial_vehicle_dui": True}
    assert told(driving=[dui(ago(2))], details=both).class_range == ("table_5", "table_7")


def test_what_is_not_told_of_a_dui_widens_the_range() -> None:
    found = told(driving=[{"event": "DUI", "on": ago(2)}])
    assert found.class_range[0] == "table_3"
    assert {one.fact for one in found.open} >= {"driving[0].details.bac"}


def crime(event: str, ended: str | None, on: str = "", **details: Any) -> dict[str, Any]:
    entry = {"event": event, "on": on or ago(30), "details": details}
    return entry | ({"ended": ended} if ended else {})


CRIME = [
    ("petty theft, 5 months after", crime("petty theft", ago(0, 5), ago(1), kind="general"), "postpone", "postpone"),
    ("petty theft, 6 months after", crime("petty theft", ago(months=6), ago(1), kind="general"), "table_2", "table_3"),
    ("petty theft, 1 year after", crime("petty theft", ago(1), ago(2), kind="general"), "standard", "table_2"),
    ("petty theft, 3 years after", crime("petty theft", ago(3), ago(4), kind="general"), "standard", "standard"),
    ("drugs, 2 years after", crime("misdemeanor", ago(2), ago(3), kind="drugs"), "table_2", "table_3"),
    ("fraud, 1 year after", crime("fraud", ago(1), ago(4)), "table_4", "table_6"),
    ("fraud, 2 years after", crime("fraud", ago(2), ago(4)), "table_3", "table_5"),
    ("fraud, 10 years after", crime("fraud", ago(10), ago(14)), "standard", "table_2"),
    ("possession, 2 years after", crime("drug offence", ago(2), ago(4), kind="possession"), "table_4", "table_6"),
    ("trafficking, 6 years after", crime("drug trafficking", ago(6), ago(9), kind="trafficking"), "decline", "decline"),
    ("trafficking, 7 years after", crime("drug trafficking", ago(7), ago(9), kind="trafficking"), "table_6", "decline"),
    ("robbery, 16 years after", crime("armed robbery", ago(16), ago(20), kind="armed robbery"), "table_4", "table_6"),
    ("murder", crime("murder", ago(16), ago(26), kind="murder"), "decline", "decline"),
    ("before 18", crime("assault", ago(20), ago(28), kind="simple assault"), "table_2", "table_4"),
    ("on probation", crime("probation", None, ago(1), kind="probation"), "postpone", "postpone"),
    ("charges pending", crime("pending charges", None, ago(0, 2)), "postpone", "postpone"),
    ("in prison", crime("incarceration", None, ago(1), months=24), "decline", "decline"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "best", "worst"), [c[1:] for c in CRIME], ids=[c[0] for c in CRIME]
)
def test_crime(event: dict[str, Any], best: str, worst: str) -> None:
    assert told(criminal=[event]).class_range == (best, worst)


def test_prison_adds_to_the_offence() -> None:
    fraud = crime("fraud", ago(2), ago(4))
    prison = crime("incarceration", ago(2), ago(4), months=24)
    assert told(criminal=[fraud, prison]).class_range == ("table_4", "table_7")


def test_signs_of_rehabilitation_take_a_table_off() -> None:
    found = told(criminal=[crime("fraud", ago(2), ago(4))], details={"rehabilitation_factors": 2})
    assert found.class_range == ("table_2", "table_4")


HOBBIES = [
    ("scuba", {"depth_ft": 60, "dives_per_year": 40}, None, (BEST, BEST)),
    ("scuba", {"depth_ft": 61, "dives_per_year": 25}, None, (BEST, "table_2")),
    ("scuba", {"depth_ft": 100, "dives_per_year": 26}, None, ("table_2", "table_2")),
    ("scuba", {"depth_ft": 101, "dives_per_year": 26}, "2.50", (BEST, BEST)),
    ("scuba", {"depth_ft": 140, "dives_per_year": 5}, "5", (BEST, BEST)),
    ("scuba", {"depth_ft": 151, "dives_per_year": 5}, "7.50", (BEST, BEST)),
    ("scuba", {"depth_ft": 170, "dives_per_year": 5, "mixed_gas": True}, "7.50", (BEST, BEST)),
    ("scuba", {"depth_ft": 140, "dives_per_year": 5, "solo_diving": True}, "10", (BEST, BEST)),
    ("private flying", {"aircraft": "fixed wing", "licence": "private", "hours": 150}, "5", (BEST, BEST)),
    ("private flying", {"aircraft": "fixed wing", "licence": "private", "hours": 500}, "3.50", (BEST, BEST)),
    ("private flying", {"aircraft": "fixed wing", "licence": "private", "hours": 501}, "2.50", (BEST, BEST)),
    ("private flying", {"aircraft": "fixed wing", "licence": "airline transport"}, None, (BEST, BEST)),
    ("skydiving", {"jumps": 99}, "5", (BEST, BEST)),
    ("skydiving", {"jumps": 100}, "2.50", (BEST, BEST)),
    ("BASE jumping", {"jumps": 49}, None, ("decline", "decline")),
    ("BASE jumping", {"jumps": 101}, "10", (BEST, BEST)),
    ("rock climbing", {"kind": "gym"}, None, (BEST, BEST)),
    ("rock climbing", {"kind": "sport", "grade": 11}, None, ("table_2", "table_4")),
    ("rock climbing", {"kind": "free solo"}, None, ("decline", "decline")),
    ("mountaineering", {"kind": "mountaineering", "altitude_ft": 20001, "technical": True}, "7.50", (BEST, BEST)),
    ("motor racing", {"kind": "drag", "level": "amateur"}, "2.50", (BEST, BEST)),
    ("motocross", {"kind": "motocross", "level": "professional"}, "7.50", (BEST, BEST)),
    ("paragliding", {"wing": "paragliding", "hours": 100}, "2.50", (BEST, BEST)),
    ("hang gliding", {"wing": "hang gliding", "hours": 99}, "7.50", (BEST, BEST)),
    ("whitewater rafting", {"water_class": 3}, None, (BEST, BEST)),
    ("whitewater rafting", {"water_class": 5}, "5", (BEST, BEST)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "details", "flat", "ends"), HOBBIES)
def test_hobbies(
    name: str, details: dict[str, Any], flat: str | None, ends: tuple[str, str]
) -> None:
    found = told(avocations=[{"name": name, "details": details}])
    assert found.class_range == ends
    assert found.flat_extra == (None if flat is None else Decimal(flat))


def test_a_hobby_that_the_manual_does_not_name_is_left_to_an_underwriter() -> None:
    assert told(avocations=[{"name": "ballooning"}]).class_range[1] == IC


@pytest.mark.parametrize(
    ("occupation", "flat", "best", "worst"),
    [
        ("teacher", None, BEST, BEST),
        ("software engineer", None, BEST, BEST),
        ("roofer", None, "table_2", "table_4"),
        ("logger", "7.50", BEST, BEST),
        ("crab fisherman", "10", BEST, BEST),
        ("police officer", "2.50", BEST, BEST),
        ("detective", None, "table_2", "table_4"),
        ("wildland firefighter", "7.50", BEST, BEST),
        ("airline pilot", None, "table_2", "table_4"),
        ("stuntman", None, "decline", "decline"),
    ],
)
def test_work(occupation: str, flat: str | None, best: str, worst: str) -> None:
    found = told(occupation=occupation)
    assert found.class_range == (best, worst)
    assert found.flat_extra == (None if flat is None else Decimal(flat))


def test_less_than_two_years_of_logging_costs_more() -> None:
    assert told(occupation="logger", details={"occupation_years": 1}).flat_extra == 10


def trip(country: str, days: int, **details: Any) -> dict[str, Any]:
    return {"country": country, "days": days, "details": {"purpose": "leisure"} | details}


@pytest.mark.parametrize(
    ("journey", "best", "worst"),
    [
        (trip("CA", 200), BEST, BEST),
        (trip("TH", 29), BEST, BEST),
        (trip("TH", 30), BEST, "table_2"),
        (trip("IN", 29), BEST, "table_2"),
        (trip("IN", 30), "table_2", "table_4"),
        (trip("NG", 29), "table_2", "table_4"),
        (trip("NG", 30), "postpone", "decline"),
        (trip("NG", 60, purpose="business"), "table_4", "table_6"),
        (trip("SO", 10), "postpone", "decline"),
        (trip("SO", 10, purpose="business"), "table_6", "decline"),
        (trip("IN", 30, purpose="mission", organisation="large"), "table_2", "table_3"),
        (trip("NG", 181, purpose="mission", organisation="small"), "decline", "decline"),
        (trip("IR", 5), "decline", "decline"),
        (trip("CU", 5), IC, "decline"),
        (trip("RU", 20), IC, IC),
        (trip("MX", 10, mexico_region="high crime states"), "table_4", "decline"),
        (trip("CN", 10, china_region="rural west"), "table_2", "table_4"),
    ],
)
def test_journeys(journey: dict[str, Any], best: str, worst: str) -> None:
    assert told(travel=[journey]).class_range == (best, worst)


def test_california_does_not_let_lawful_journeys_be_rated_but_sanctions_hold() -> None:
    assert told(travel=[trip("NG", 40)], jurisdiction="CA").class_range == (BEST, BEST)
    assert told(travel=[trip("IR", 5)], jurisdiction="CA").outcome is Outcome.DECLINE


@pytest.mark.parametrize(
    ("years", "best", "worst"),
    [(1.9, IC, IC), (2, BEST, "table_2"), (5, BEST, "table_2"), (5.1, BEST, BEST)],
)
def test_foreign_nationals_by_their_years_here(years: float, best: str, worst: str) -> None:
    found = told(citizenship="NO", details={"years_in_us": years})
    assert found.class_range == (best, worst)


def weed(frequency: str, method: str = "smoked", **more: Any) -> dict[str, Any]:
    return {"name": "marijuana", "details": {"frequency": frequency, "method": method}, **more}


@pytest.mark.parametrize(
    ("entry", "best", "worst"),
    [
        (weed("less than monthly"), "standard", "standard"),
        (weed("1 to 8 times a month"), "standard", "table_2"),
        (weed("1 to 8 times a month", "edible"), "standard", "standard"),
        (weed("more than 8 times a month"), "table_2", "table_3"),
        (weed("daily"), "table_3", "table_4"),
        (weed("daily", "vaped"), "table_2", "table_3"),
        (weed("several times a day"), "table_4", "table_6"),
        (weed("daily", "cbd only"), BEST, BEST),
        (weed("1 to 8 times a month", until=ago(1)), "standard", "standard"),
        (weed("daily", until=ago(1)), "table_2", "table_3"),
        (weed("daily", until=ago(2)), "standard", "standard"),
    ],
)
def test_marijuana(entry: dict[str, Any], best: str, worst: str) -> None:
    assert told(conditions=[entry]).class_range == (best, worst)


def test_marijuana_beside_other_risks_below_25_and_in_new_york() -> None:
    moderate = weed("1 to 8 times a month")
    risky = told(conditions=[moderate], driving=[dui(ago(4))])
    assert "1 to 8 times a month, smoked, with other risks" in str(risky.reasons)
    assert told(conditions=[moderate], born="2002-06-01").class_range == ("table_1", "table_3")
    assert told(conditions=[weed("daily")], jurisdiction="NY").class_range == (BEST, BEST)


def test_marijuana_with_nicotine_has_the_classes_of_nicotine_users() -> None:
    found = told(conditions=[weed("less than monthly", "with nicotine")])
    assert found.class_code == "standard_tobacco"


@pytest.mark.parametrize(
    ("income", "amount", "best", "worst"),
    [
        ("50000", 600_000, BEST, BEST),
        ("50000", 600_001, BEST, IC),
        ("50000", 1_000_000, BEST, IC),
        ("50000", 1_000_001, IC, IC),
        ("50000", 1_500_001, IC, "decline"),
        ("2000000", 10_000_000, BEST, BEST),
        ("2000000", 10_000_001, BEST, IC),
    ],
)
def test_income_at_45_justifies_12_to_20_times_itself(
    income: str, amount: int, best: str, worst: str
) -> None:
    assert told(amount, income_annual=income).class_range == (best, worst)


def test_cover_in_force_counts_and_cover_replaced_does_not() -> None:
    held = {"line": "term_life", "amount": "600000"}
    assert told(600_000, income_annual="50000", in_force=[held]).class_range == (IC, IC)
    gone = {**held, "replace": True}
    assert told(600_000, income_annual="50000", in_force=[gone]).class_range == (BEST, BEST)


def test_bankruptcy_in_progress_waits() -> None:
    assert told(details={"bankruptcy": "in progress"}).outcome is Outcome.POSTPONE
    old = {"bankruptcy": "discharged", "bankruptcy_discharged": ago(5)}
    assert told(details=old).class_range == (BEST, BEST)


def test_an_estate_justifies_its_worth() -> None:
    asked = {"net_worth": "6000000", "details": {"insurance_purpose": "estate"}}
    assert told(7_200_000, **asked).class_range == (BEST, BEST)
    assert told(7_200_001, **asked).class_range == (IC, IC)

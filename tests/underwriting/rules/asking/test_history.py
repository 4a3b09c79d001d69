"""Conditions, drugs, events, pastimes and journeys in plain words."""

from typing import Any

import pytest

from tests.underwriting.rules.asking.market import read, told


@pytest.mark.parametrize(
    ("words", "entries"),
    [
        ("stent in 2019", [{"name": "stent", "since": "2019-12"}]),
        ("stent 2019", [{"name": "stent", "since": "2019-12"}]),
        ("2019 stent", [{"name": "stent", "since": "2019-12"}]),
        ("heart attack 4 years ago", [{"name": "heart attack", "since": "2022-11-23"}]),
        ("had a TIA last year", [{"name": "TIA", "since": "2025-11-23"}]),
        ("MI 6/2020", [{"name": "MI", "since": "2020-06"}]),
        ("afib dx March 2021", [{"name": "afib", "since": "2021-03"}]),
        ("diabetic type 2 for 10 years", [{"name": "diabetic type 2", "since": "2016-11-23"}]),
        ("t1d at age 12", [{"name": "t1d", "since": "1986-12"}]),
        ("mild asthma", [{"name": "mild asthma"}]),
        ("asthma, mild", [{"name": "asthma mild"}]),
        ("breast cancer stage 1 2017", [{"name": "breast cancer stage 1", "since": "2017-12"}]),
        ("diabetic, type 2", [{"name": "diabetic type 2"}]),
        ("OSA on cpap", [{"name": "OSA"}]),
        ("E11.9", [{"name": "Diabetes type 2", "icd10": "E11.9"}]),
        ("hep c cured 2018", [{"name": "hep c cured", "until": "2018-12"}]),
        ("bipolar 1, 2 hospitalizations last in 2021", [{"name": "bipolar 1"}]),
        ("no diabetes", None),
        ("copd? 66 m, dx 2019", [{"name": "copd", "since": "2019-12"}]),
        ("who takes MS. diagnosed 3 yrs ago", [{"name": "MS", "since": "2023-11-23"}]),
        ("copd? and asthma. dx 2019", [{"name": "copd"}, {"name": "asthma"}]),
        ("denies asthma or copd", None),
        ("healthy", []),
    ],
)
def test_conditions(words: str, entries: list[dict[str, Any]] | None) -> None:
    assert told(f"52 male 500k {words}").get("conditions") == entries


def test_several_conditions_keep_their_own_days() -> None:
    facts = told("62 male, stent in 2019, heart attack 4 years ago, copd")
    assert [one.get("since") for one in facts["conditions"]] == ["2019-12", "2022-11-23", None]


def test_a_year_alone_is_told_as_supposed() -> None:
    assert "year_only" in read("52 male stent 2019").supposed
    assert "year_only" not in read("52 male stent 3/2019").supposed


@pytest.mark.parametrize(
    ("words", "names"),
    [("on metformin and Lipitor", ["metformin", "atorvastatin"]), ("elaquis", ["apixaban"]),
     ("insulin dependent diabetic", []),
     ("no insulin", []), ("takes a beta blocker", ["Beta blockers"])],
)  # fmt: skip
def test_drugs(words: str, names: list[str]) -> None:
    assert [one["name"] for one in told(f"52 male {words}").get("medications", [])] == names


@pytest.mark.parametrize(
    ("words", "events"),
    [
        ("DUI 2018", [{"event": "DUI", "on": "2018-12"}]),
        ("dui 3 years ago", [{"event": "dui", "on": "2023-11-23"}]),
        (
            "two DUIs 2015 and 2021",
            [{"event": "two DUIs", "on": "2015-12"}, {"event": "two DUIs", "on": "2021-12"}],
        ),
        ("clean MVR", []),
        ("2 speeding tickets in the last 3 years", [{"event": "speeding tickets"}] * 2),
    ],
)
def test_driving(words: str, events: list[dict[str, Any]]) -> None:
    assert told(f"38 male 500k {words}")["driving"] == events


def test_doses() -> None:
    assert told("52 m on lexapro 10mg daily")["medications"] == [
        {"name": "escitalopram", "dose": "10mg"}
    ]


def test_crimes() -> None:
    assert told("41 m felony 2010")["criminal"] == [{"event": "felony", "on": "2010-12"}]


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("scuba to 90 ft", {"name": "scuba", "details": {"max_depth_ft": 90}}),
        ("scuba diving 40 m", {"name": "scuba diving", "details": {"max_depth_ft": 131}}),
        ("private pilot 200 hours", {"name": "private pilot", "details": {"hours_a_year": 200}}),
        ("rock climber", {"name": "rock climber"}),
    ],
)
def test_pastimes(words: str, entry: dict[str, Any]) -> None:
    assert told(f"41 male {words}")["avocations"] == [entry]


@pytest.mark.parametrize(
    ("words", "trips"),
    [
        ("travels to Nigeria 30 days a year", [{"country": "NG", "days": 30}]),
        ("2 weeks in Norway", [{"country": "NO", "days": 14}]),
        ("trip to Mexico", [{"country": "MX"}]),
        ("no foreign travel", []),
    ],
)
def test_journeys(words: str, trips: list[dict[str, Any]]) -> None:
    assert told(f"41 male {words}")["travel"] == trips


@pytest.mark.parametrize(
    "words",
    [
        "anxious to get started", "works as a prison guard", "battery salesman", "fraud investigator",
        "time flies", "flies to Dubai twice a year", "ms jones is the client", "please add this one",
        "pilot program", "passed with flying colors", "brca negative", "chronic late payer",
    ],
)  # fmt: skip
def test_words_in_another_sense_are_no_illness_and_no_event(words: str) -> None:
    facts = told(f"45 male {words}, 500k")
    assert not any(facts.get(key) for key in ("conditions", "criminal", "avocations", "driving"))


@pytest.mark.parametrize("words", ["has ms", "ms, stable", "with add on ritalin", "hx of pac"])
def test_small_letters_where_an_illness_is_expected(words: str) -> None:
    assert len(told(f"45 male {words}, 500k")["conditions"]) == 1


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("DUI '19 and again in '22", 2),
        ("two speeders", 2),
        ("3 movers", 3),
        ("chapter 7 bankruptcy", 1),
    ],
)
def test_as_many_events_as_are_told(words: str, many: int) -> None:
    facts = told(f"36 male {words}, 500k")
    assert len(facts.get("driving") or facts["criminal"]) == many


def test_an_illness_told_in_two_words_is_one() -> None:
    (entry,) = told("47f breast cancer stage 1 lumpectomy finished 9/2020")["conditions"]
    assert entry["until"] == "2020-09"

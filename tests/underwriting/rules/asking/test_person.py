"""Who a question tells of."""

from typing import Any

import pytest

from tests.underwriting.rules.asking.market import told


@pytest.mark.parametrize(
    ("words", "age", "sex"),
    [
        ("52 male 500k", 52, "male"),
        ("52 year old male", 52, "male"),
        ("52yo F", 52, "female"),
        ("67 YOM", 67, "male"),
        ("52 y/o woman", 52, "female"),
        ("M/47 NT", 47, "male"),
        ("47/M/NS", 47, "male"),
        ("45f ns", 45, "female"),
        ("F45", 45, "female"),
        ("male, age 61", 61, "male"),
        ("male 55 smoker", 55, "male"),
        ("client is 44, she quit smoking 2020", 44, "female"),
        ("he is 39 and vapes", 39, "male"),
        ("65 yr old lady", 65, "female"),
        ("mann 45 år", 45, "male"),
        ("58, male, afib", 58, "male"),
        ("52M nonsmoker 1.5M", 52, "male"),
        ("type 1 diabetic dx age 12, now 30, male", 30, "male"),
    ],
)
def test_age_and_sex(words: str, age: int, sex: str) -> None:
    facts = told(words)
    assert (facts["age"], facts["sex"]) == (age, sex)


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("dob 2/11/1979", {"born": "1979-02-11"}),
        ("born 1979-02-11", {"born": "1979-02-11"}),
        ("DOB Feb 11, 1979", {"born": "1979-02-11"}),
        ("born in 1979", {"age": 47}),
        ("born 11/79", {}),
    ],
)
def test_birth_dates(words: str, facts: dict[str, Any]) -> None:
    assert {k: v for k, v in told(words + " smoker").items() if k in {"born", "age"}} == facts


@pytest.mark.parametrize(
    ("words", "inches"),
    [("5'10", 70), ("5'10\"", 70), ("5’10”", 70), ("5 ft 10 in", 70), ("5ft10", 70), ("5 foot 4", 64),
     ("6'", 72), ("6ft", 72), ("5-10 190", 70), ("5'10.5", 70.5), ("70 inches", 70), ("6'11", 83)],
)  # fmt: skip
def test_heights(words: str, inches: float) -> None:
    assert told(words)["height_in"] == inches


@pytest.mark.parametrize(
    ("words", "pounds"),
    [("190 lbs", 190), ("190#", 190), ("190 pounds", 190), ("weighs 190", 190), ("5'10 190", 190),
     ("5'10/190", 190), ("5'10\", 190", 190), ("6'1 at 225", 225), ("185.5 lb", 185.5)],
)  # fmt: skip
def test_weights(words: str, pounds: float) -> None:
    assert told(words)["weight_lb"] == pounds


def test_weight_lost_is_no_weight() -> None:
    assert "weight_lb" not in told("52 male lost 40 lbs last year")


def test_metric_build() -> None:
    assert told("180 cm 85 kg") == {"height_cm": 180, "weight_kg": 85}
    assert told("1.78 m, 92 kilos") == {"height_cm": 178, "weight_kg": 92}


@pytest.mark.parametrize("words", ["5'10 500k", "5'10, 20 year term", "5'10 100k", "5'10 30 yr"])
def test_what_follows_a_height_is_not_always_a_weight(words: str) -> None:
    assert "weight_lb" not in told(words)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("40 male TX", "TX"), ("lives in Ohio", "OH"), ("from New York", "NY"), ("in CA", "CA"),
        ("West Virginia resident", "WV"), ("40 m, FL, 500k", "FL"), ("in ma, 40 m", "MA"),
        ("had an MI 2019", None), ("OR should we ask", None), ("is it ok in general", None),
    ],
)  # fmt: skip
def test_states(words: str, state: str | None) -> None:
    assert told(words).get("jurisdiction") == state


@pytest.mark.parametrize(
    ("words", "key", "amount"),
    [
        ("makes 120k", "income_annual", "120000"),
        ("income of $90,000", "income_annual", "90000"),
        ("150k income", "income_annual", "150000"),
        ("earning 85,000 a year", "income_annual", "85000"),
        ("salary 60k", "income_annual", "60000"),
        ("net worth 2M", "net_worth", "2000000"),
        ("1.5 million net worth", "net_worth", "1500000"),
    ],
)
def test_money(words: str, key: str, amount: str) -> None:
    facts = told(words)
    assert facts[key] == amount
    assert "wants" not in facts


@pytest.mark.parametrize(
    ("words", "job"),
    [("roofer 34 m", "roofer"), ("works as a bush guide, 40", "bush guide"), ("airline pilot 50 male", "airline pilot"),
     ("34 m police officer", "police officer")],
)  # fmt: skip
def test_occupations(words: str, job: str) -> None:
    facts = told(words)
    assert facts["occupation"] == job
    assert "avocations" not in facts


def test_visas() -> None:
    assert told("foreign national from Brazil on H1B") == {"visa": "h1b", "citizenship": "BR"}
    assert told("35 m on h1b")["visa"] == "h1b"


@pytest.mark.parametrize("words", ["lost 40 lb last year", "25 pounds overweight", "gained 15 lbs"])
def test_a_change_of_weight_is_no_weight(words: str) -> None:
    assert "weight_lb" not in told(f"46 f {words}, 500k")


def test_where_somebody_is_from_is_no_journey() -> None:
    facts = told("H1B from India, 36 m, 1M, travels home 3 weeks each year")
    assert (facts["citizenship"], facts["travel"]) == ("IN", [{"country": "IN", "days": 21}])
    assert "travel" not in told("42 m originally from Italy, 1M")
    assert told("canadian living in MN, 45 m, 500k")["citizenship"] == "CA"

"""Family history in plain words."""

from typing import Any

import pytest

from tests.underwriting.rules.asking.market import told

MI = "Myocardial infarction"


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("dad died of MI at 58", [{"relation": "father", "condition": MI, "death_age": 58}]),
        (
            "father had heart attack at 52",
            [{"relation": "father", "condition": MI, "onset_age": 52}],
        ),
        (
            "mother breast cancer age 48",
            [{"relation": "mother", "condition": "Breast cancer", "onset_age": 48}],
        ),
        ("mom alive 80", [{"relation": "mother", "alive": True}]),
        (
            "brother died at 45 of colon cancer",
            [{"relation": "brother", "condition": "Colorectal cancer", "death_age": 45}],
        ),
        (
            "dad MI at 52, died at 60",
            [{"relation": "father", "condition": MI, "onset_age": 52, "death_age": 60}],
        ),
        (
            "dad died of MI at 58, mom alive 80",
            [
                {"relation": "father", "condition": MI, "death_age": 58},
                {"relation": "mother", "alive": True},
            ],
        ),
        ("no family history", []),
        ("family history clean", []),
        ("family hx of CAD", [{"condition": "Coronary artery disease"}]),
    ],
)
def test_relatives(words: str, family: list[dict[str, Any]]) -> None:
    facts = told(f"40 male 500k, {words}")
    assert facts["family"] == family
    assert facts["age"] == 40
    assert "conditions" not in facts


def test_the_family_is_not_the_client() -> None:
    facts = told("dad died of MI at 58. 40 m with asthma")
    assert facts["conditions"] == [{"name": "asthma"}]


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("breast ca in mother and aunt", [{"relation": "mother", "condition": "Breast cancer"}]),
        ("colon cancer in his father", [{"relation": "father", "condition": "Colorectal cancer"}]),
        ("mom breast cancer 48, sister too at 51", [
            {"relation": "mother", "condition": "Breast cancer", "onset_age": 48},
            {"relation": "sister", "condition": "Breast cancer", "onset_age": 51},
        ]),
    ],
)  # fmt: skip
def test_a_relative_told_after_the_illness_has_it(words: str, family: list[dict[str, Any]]) -> None:
    facts = told(f"45 female {words}, 500k")
    assert facts["family"] == family
    assert "conditions" not in facts


def test_an_aunt_is_no_parent_and_the_client_has_nothing() -> None:
    facts = told("45 female, aunt had breast cancer at 40, 500k")
    assert not facts.get("family")
    assert "conditions" not in facts


def test_a_relative_may_be_the_one_to_insure() -> None:
    facts = told("mom 62 needs 25k FE, smoker, copd")
    assert (facts["age"], facts["sex"]) == (62, "female")
    assert facts["conditions"] == [{"name": "copd"}]
    assert "family" not in facts

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

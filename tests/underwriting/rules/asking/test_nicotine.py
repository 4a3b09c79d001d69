"""Nicotine in plain words."""

from typing import Any

import pytest

from tests.underwriting.rules.asking.market import told

NOW = "2026-11-23"


@pytest.mark.parametrize(
    "words",
    ["non-smoker", "nonsmoker", "non smoker", "NS", "NT", "N/S", "never smoked", "non tobacco", "no tobacco",
     "doesn't smoke", "no nicotine use", "lifelong nonsmoker"],
)  # fmt: skip
def test_who_never_did(words: str) -> None:
    assert told(f"52 male {words} 500k")["nicotine"] == []


@pytest.mark.parametrize(
    ("words", "uses"),
    [
        ("smoker", [{"product": "cigarette", "last_used": NOW}]),
        ("smokes a pack a day", [{"product": "cigarette", "last_used": NOW, "per_week": 140}]),
        ("1 PPD", [{"product": "cigarette", "last_used": NOW, "per_week": 140}]),
        ("vapes", [{"product": "e_cigarette", "last_used": NOW}]),
        ("chews tobacco", [{"product": "chewing_tobacco", "last_used": NOW}]),
        ("uses zyn", [{"product": "nicotine_pouch", "last_used": NOW}]),
        ("nicotine gum", [{"product": "nicotine_gum", "last_used": NOW}]),
        ("1 cigar a month", [{"product": "cigar", "last_used": NOW, "details": {"per_year": 12}}]),
        ("12 cigars a year", [{"product": "cigar", "last_used": NOW, "details": {"per_year": 12}}]),
        ("occasional cigar", [{"product": "cigar", "last_used": NOW}]),
        ("quit smoking 3 years ago", [{"product": "cigarette", "last_used": "2023-11-23"}]),
        ("quit 11 months ago cigarettes", [{"product": "cigarette", "last_used": "2025-12-23"}]),
        ("ex-smoker quit 2021", [{"product": "cigarette", "last_used": "2021-12"}]),
        ("former smoker, quit 5 yrs ago", [{"product": "cigarette", "last_used": "2021-11-23"}]),
        ("tobacco free 18 months", [{"product": "cigarette", "last_used": "2025-05-23"}]),
        ("quit vaping 2 years ago", [{"product": "e_cigarette", "last_used": "2024-11-23"}]),
        ("former smoker", [{"product": "cigarette"}]),
    ],
)
def test_uses(words: str, uses: list[dict[str, Any]]) -> None:
    assert told(f"52 male {words}, 500k")["nicotine"] == uses


def test_marijuana_smoked_is_no_tobacco() -> None:
    facts = told("30 male smokes weed on weekends")
    assert "nicotine" not in facts
    assert facts["conditions"] == [{"name": "weed"}]


def test_what_a_use_counts_as_is_no_use() -> None:
    assert [one["product"] for one in told("nicotine gum counted as smoker?")["nicotine"]] == [
        "nicotine_gum"
    ]


def test_two_products() -> None:
    facts = told("50 male quit smoking 3 years ago, 1 cigar a month")
    assert [one["product"] for one in facts["nicotine"]] == ["cigarette", "cigar"]

"""Offers as a quote's answer publishes them, to be put into proposals."""

from typing import Any


def an_offer(**told: Any) -> dict[str, Any]:
    """A term-life offer; what is told replaces its parts. The year costs what `annualised` says."""
    offer = {
        "wants": 0,
        "carrier": "fjordlife",
        "carrier_name": "Fjord Life",
        "product": "term",
        "product_name": "Fjord Term",
        "line": "term_life",
        "edition": "fjordlife/term@2026-01-01",
        "term_years": 20,
        "plan": None,
        "amount": "500000",
        "class": "preferred",
        "class_name": "Preferred",
        "class_range": ["preferred", "preferred"],
        "table": None,
        "flat_extra": None,
        "currency": "USD",
        "premium": {"annual": "480.00", "monthly": "42.00"},
        "mode": "monthly",
        "annualised": "504.00",
        "age_used": 47,
        "age_changes_on": "2026-08-11",
        "steps": [],
        "reasons": [],
        "improvements": [],
    }
    return {**offer, **told}

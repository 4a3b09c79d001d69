"""Income, net worth, and amounts that are no insurance: `company worth 8M`, `400k mortgage`."""

import re

from megler.underwriting.rules.asking.amounts import AMOUNT, amount_of
from megler.underwriting.rules.asking.notes import Notes

_IS = r"\s*(?:of|is|are|was|about|around|approx\w*|roughly|at|:|=|~)*\s*"
_MONEY = (
    ("net_worth", re.compile(rf"\b(?:net\s*worth|nw|estate|total assets|assets|formue){_IS}(?P<a>{AMOUNT})")),
    ("net_worth", re.compile(rf"(?P<a>{AMOUNT})\s*(?:in\s+|of\s+)?(?:net\s*worth|nw\b|estate|(?:total "
        rf"|liquid )?assets)")),
    ("income_annual", re.compile(
        rf"\b(?:income|earns?|earning|earnings|makes?|making|salary|inntekt|tjener){_IS}"
        rf"(?P<a>{AMOUNT})(?:\s*(?:/|per|a)\s*(?:yr|year))?")),
    ("income_annual", re.compile(
        rf"(?P<a>{AMOUNT})\s*(?:of\s+|in\s+)?(?:(?:annual|yearly|earned|household)\s+)?(?:income|salary"
        rf"|earnings)\b")),
    ("income_annual", re.compile(rf"(?P<a>{AMOUNT})\s*(?:(?:/|per|a)\s*(?:yr|year)"
        rf"|annually)\b(?!\s*(?:premium|old))")),
)  # fmt: skip
_LEAST_INCOME = 1000
_OTHER = (
    re.compile(
        rf"\b(?:worth|valued at|valuation|revenues?|sales|profits?|debt|loan|mortgage|bonus|hourly|owes"
        rf"|in force|existing"
        rf"(?: coverage)?){_IS}(?P<a>{AMOUNT})"),
    re.compile(rf"(?P<a>{AMOUNT})\s*(?:in\s+|of\s+)?(?:mortgage|loan|debt|revenues?|in sales|in force"
        rf"|of existing)\b"),
)  # fmt: skip


def read_money(notes: Notes) -> None:
    """Income and net worth; what is worth, owed or in force is no amount that is asked for."""
    for key, pattern in _MONEY:
        for found in notes.find(pattern):
            amount = amount_of(found["a"])
            if key in notes.facts or amount is None or amount < _LEAST_INCOME:
                continue
            notes.facts[key] = f"{amount:f}"
            notes.chip(key, found.span(), f"{amount:f}", key)
    for pattern in _OTHER:
        for found in list(notes.find(pattern)):
            amount = amount_of(found["a"])
            if amount is not None and amount >= _LEAST_INCOME:
                notes.chip("other_amount", found.span(), f"{amount:f}")

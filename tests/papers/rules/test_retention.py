"""How long papers are kept."""

from datetime import date

from megler.papers.rules.retention import Kept, Rule, due_on, rule_for

ENDED = date(2020, 3, 1)
ALL = Rule("all", 7)
RULES = [
    ALL,
    Rule("placed", 10, outcome="placed"),
    Rule("labs", 5, kind="labs"),
    Rule("carrier", 12, carrier="nordhavn-life"),
    Rule("ny", 6, jurisdiction="NY"),
]


def paper(**more: object) -> Kept:
    told = {
        "kind": "aps",
        "outcome": "declined",
        "carrier": "x",
        "jurisdiction": "TX",
        "ended_on": ENDED,
    }
    return Kept(**{**told, **more})  # type: ignore[arg-type]


def key(**more: object) -> str:
    found = rule_for(paper(**more), RULES)
    return found.key if found else ""


def test_the_most_special_rule_counts() -> None:
    assert key() == "all"
    assert key(outcome="placed") == "placed"
    assert key(outcome="placed", kind="labs") == "labs"
    assert key(kind="labs", carrier="nordhavn-life") == "carrier"
    assert key(kind="labs", carrier="nordhavn-life", jurisdiction="NY") == "ny"


def test_of_equally_special_rules_the_longer_counts() -> None:
    assert rule_for(paper(), [ALL, Rule("longer", 9)]) == Rule("longer", 9)


def test_years_are_counted_from_the_cases_end() -> None:
    assert due_on(paper(), RULES) == (date(2027, 3, 1), ALL)
    assert due_on(paper(ended_on=None), RULES) is None
    assert due_on(paper(), []) is None

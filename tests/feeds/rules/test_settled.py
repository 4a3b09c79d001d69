"""Only what is new is asked; the rest stands as somebody settled it."""

from megler.feeds.rules.guessing import guess
from megler.feeds.rules.layouts import Layout
from megler.feeds.rules.settled import with_settled

LAYOUT = Layout(
    ("Nr", "Insured", "Stage", "Rep"),
    {"number": "policy_number", "insured": "insured", "stage": "status"},
    day_order="day_first",
)


def test_columns_stand_as_settled_and_new_ones_are_guessed() -> None:
    rows = [
        ("Insured", "Rep", "Nr", "Stage", "Policy", "DOB"),
        ("Kari", "x", "N1", "Zork", "1", ""),
    ]
    found = guess(rows)
    assert found is not None
    settled = with_settled(found, LAYOUT)
    named = {c.heading: str(c.field or "") for c in settled.columns}
    assert named == {
        "Insured": "insured", "Rep": "", "Nr": "policy_number", "Stage": "status",
        "Policy": "", "DOB": "born",
    }  # fmt: skip
    is_new = [
        c.heading for c in settled.columns if c.reasons[:1] and c.reasons[0].code.endswith("new")
    ]
    assert is_new == ["Policy", "DOB"]
    assert settled.day_order == "day_first"


def test_a_sheet_of_another_kind_is_guessed_as_if_nothing_was_settled() -> None:
    found = guess([("Policy", "Status"), ("NL1", "UW")])
    assert found is not None
    assert with_settled(found, LAYOUT) == found

"""What a change left, and whether it still stands so."""

from megler.feeds.rules.terms import is_as_left, told_terms


def test_a_change_upon_which_something_newer_stands_is_told() -> None:
    after = {"status": "issued", "decision": "approved"}
    assert is_as_left("status", after, {"status": "issued", "decision": "approved"}) == []
    assert is_as_left("status", after, {"status": "delivered", "decision": "approved"}) == [
        "status"
    ]


def test_terms_go_out_and_in_again() -> None:
    assert told_terms("") == {}
    assert told_terms("class_approved=Standard|premium_approved=45.00") == {
        "class_approved": "Standard",
        "premium_approved": "45.00",
    }

"""What comes is read as it stands, and what is wrong is told, all at once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.exchange.iri.reading import (
    read_notification,
    read_page,
    read_reconciliation,
    read_status,
)
from megler.exchange.iri.records import DocumentReview
from megler.exchange.iri.words import AppStatus, DocumentReason, Event, Section
from megler.vocabulary.problems import Severity, errors
from tests.exchange.iri.spec import PUSH, spec

STATUS: dict[str, Any] = {
    "policyNumber": "P-1",
    "applicationOrigin": {"platform": "DigitalFirst", "isElectronic": True},
    "cusip": "401B23458",
    "status": "inProgress",
    "statusDate": "2026-06-03",
    "actionSections": ["cansellvalidation", "documentReview"],
    "producers": [
        {
            "type": "individual",
            "firstName": "Jane",
            "lastName": "Smith",
            "npn": "123",
            "commissionSplitPercent": 62.5,
            "relationships": ["primaryAgent"],
        }
    ],
    "documentReviews": {
        "status": "inProgress",
        "isActionNeeded": True,
        "issues": [{"reason": "missingSignature", "formName": "Application"}],
    },
}


def pushed_examples() -> list[dict[str, Any]]:
    hooks = spec(PUSH)["webhooks"]
    bodies = [hook["post"]["requestBody"]["content"]["application/json"] for hook in hooks.values()]
    return [body["example"] for body in bodies]


def test_a_whole_status_is_read() -> None:
    status, problems = read_status(STATUS)
    assert problems == ()
    assert status is not None
    assert (status.status, status.status_date) == (AppStatus.IN_PROGRESS, date(2026, 6, 3))
    assert status.action_sections == (Section.CAN_SELL, Section.DOCUMENTS)
    assert status.producers[0].whole_name == "Jane Smith"
    assert status.producers[0].commission_split_percent == Decimal("62.5")
    assert status.document_reviews is not None
    assert status.document_reviews.issues[0].reason is DocumentReason.MISSING_SIGNATURE


def test_every_example_of_the_specification_is_read_without_an_error() -> None:
    examples = pushed_examples()
    read = [read_notification(example) for example in examples]
    assert len(read) == len(Event)
    assert [errors(problems) for _found, problems in read] == [[]] * len(Event)
    assert {found.event_type for found, _problems in read if found} == set(Event)


def test_all_that_is_wrong_is_told_at_once_with_its_place() -> None:
    document = {
        **STATUS,
        "policyNumber": 7,
        "status": "lost",
        "statusDate": "3 June",
        "producers": [{"relationships": "agent"}],
    }
    status, problems = read_status(document)
    assert status is None
    assert [(p.where, p.found) for p in problems] == [
        ("policyNumber", "7"),
        ("status", "lost"),
        ("statusDate", "3 June"),
        ("producers[0].relationships", "agent"),
    ]


def test_what_is_missing_is_told() -> None:
    _status, problems = read_status({})
    assert [(p.code, p.where) for p in problems] == [
        ("missing", "policyNumber"),
        ("missing", "applicationOrigin"),
        ("missing", "cusip"),
        ("missing", "status"),
        ("missing", "statusDate"),
    ]


def test_what_nobody_knows_is_left_out_and_told_and_does_not_stop_the_rest() -> None:
    review = {"status": "inProgress", "isActionNeeded": True, "issues": [{"reason": "moonPhase"}]}
    status, problems = read_status({**STATUS, "documentReviews": review, "mood": "good"})
    assert status is not None
    assert status.document_reviews == DocumentReview(
        status=status.document_reviews.status if status.document_reviews else None,
        is_action_needed=True,
        issues=(type(status.document_reviews.issues[0])(),) if status.document_reviews else (),
    )
    assert [(p.code, p.where, p.severity) for p in problems] == [
        ("iri_not_known", "mood", Severity.WARNING),
        ("wrong_value", "documentReviews.issues[0].reason", Severity.WARNING),
    ]


def test_a_page_keeps_the_statuses_that_can_be_read() -> None:
    page, problems = read_page(
        {
            "startIndex": 0,
            "totalItemsCount": 2,
            "applicationStatuses": [STATUS, {**STATUS, "status": 1}],
        }
    )
    assert page is not None
    assert [one.policy_number for one in page.application_statuses] == ["P-1"]
    assert [p.where for p in problems] == ["applicationStatuses[1].status"]


@pytest.mark.parametrize("odd", [None, [], "x", 3])
def test_what_is_no_object_is_refused(odd: object) -> None:
    for read in (read_status, read_page, read_notification, read_reconciliation):
        found, problems = read(odd)
        assert found is None
        assert problems[0].where == "body"


def test_a_notification_without_its_news_is_refused() -> None:
    document = {k: v for k, v in pushed_examples()[0].items() if k != "notification"}
    found, problems = read_notification(document)
    assert found is None
    assert [(p.code, p.where) for p in problems] == [("missing", "notification")]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(key=st.sampled_from(sorted(STATUS)), value=JSON)
def test_no_value_anywhere_makes_the_reader_stumble(key: str, value: Any) -> None:
    found, problems = read_status({**STATUS, key: value})
    assert (found is None) == bool(errors(problems))

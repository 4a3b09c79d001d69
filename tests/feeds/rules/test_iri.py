"""What a carrier says in IRI's status API, as records."""

import json
from datetime import date
from typing import Any

from megler.feeds.rules.iri import read_iri
from megler.feeds.rules.words import Meaning, RequirementMeaning
from megler.vocabulary.codes import RequirementKind

STATUS: dict[str, Any] = {
    "policyNumber": "NL-100 200",
    "applicationOrigin": {"platform": "Nordhavn"},
    "cusip": "000000000",
    "status": "inProgress",
    "statusDate": "2026-03-02",
    "productName": "Level Term",
    "parties": [{"firstName": "Kari", "lastName": "Hope", "relationships": ["annuitant"]}],
    "producers": [{"npn": "4711", "relationships": ["primaryWritingAgent"]}],
    "documentReviews": {
        "status": "inProgress", "isActionNeeded": True, "note": "see form",
        "issues": [{"formName": "HIPAA Form", "note": "unsigned"}, {"formName": "Blue form"}],
    },
}  # fmt: skip


def read(document: object, **words: dict[str, str]) -> tuple[Any, list[str]]:
    records, problems, day = read_iri(json.dumps(document).encode(), words)
    return (records, day), [p.code for p in problems if p.code.startswith("feed_")]


def test_a_status_is_a_record_with_its_missing_papers() -> None:
    (records, day), codes = read({"applicationStatuses": [STATUS], "itemsCount": 1})
    (one,) = records
    assert (one.keys.policy, one.keys.name, one.keys.product) == (
        "NL100200", "kari hope", "level term",
    )  # fmt: skip
    assert (one.meaning, one.status, one.comment) == (
        Meaning.IN_UNDERWRITING, "inProgress", "see form",
    )  # fmt: skip
    assert [(r.kind, r.meaning, r.detail) for r in one.requirements] == [
        (RequirementKind.HIPAA_AUTHORISATION, RequirementMeaning.OPEN, "unsigned"),
        (None, RequirementMeaning.OPEN, ""),
    ]
    assert (day, codes) == (date(2026, 3, 2), ["feed_requirement_unknown"])


def test_one_status_and_a_list_are_read_as_a_page() -> None:
    assert read(STATUS)[0] == read([STATUS])[0] == read({"policies": [STATUS]})[0]


def test_our_own_number_finds_our_case_and_a_carriers_word_means_what_it_says() -> None:
    ours = {**STATUS, "policyNumber": "C-10001", "status": "completed"}
    (records, _day), _codes = read(ours, statuses={"completed": "in_force"})
    assert (records[0].keys.ours, records[0].keys.policy) == ("C10001", "")
    assert records[0].meaning is Meaning.IN_FORCE


def test_who_cancels_says_what_it_means() -> None:
    meant = {}
    for who in ("client", "carrier"):
        ended = {"initiator": who, "cancelledDate": "2026-03-01", "reason": "no answer"}
        (records, _day), _codes = read({**STATUS, "status": "cancelled", "cancellation": ended})
        meant[who] = records[0].meaning
    assert meant == {"client": Meaning.WITHDRAWN, "carrier": Meaning.INCOMPLETE}


def test_a_notification_is_read_as_the_status_it_is_news_of() -> None:
    told = {
        "eventId": "e1", "policyNumber": "NL-1", "status": "inProgress",
        "applicationOrigin": {"platform": "N"}, "eventType": "applicationStatus.v1.documentReviewActionNeeded",
        "notification": STATUS["documentReviews"],
    }  # fmt: skip
    (records, _day), _codes = read(told)
    assert [(r.keys.policy, len(r.requirements)) for r in records] == [("NL1", 2)]


def test_what_is_no_status_gives_no_record_and_one_bad_status_keeps_no_other_back() -> None:
    assert read_iri(b"{", {})[0] == []
    assert [p.code for p in read_iri(b"{", {})[1]] == ["feed_not_iri"]
    (records, _day), _codes = read([STATUS, {**STATUS, "status": "zork"}])
    assert len(records) == 1

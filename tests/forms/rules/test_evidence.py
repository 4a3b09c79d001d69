"""The evidence tells every event under the journal's number, and every hash."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.evidence import (
    Event,
    SignatureFacts,
    SignedPaper,
    evidence,
    moment,
    short,
)
from megler.forms.rules.signing import Method, consent_hash

KARI = SignatureFacts(
    id="1f3a9c20-0000-4000-8000-000000000001",
    role="Proposed insured",
    name="Kari Hope",
    typed_name="Kari Hope",
    method=Method.DRAWN,
    strokes=[[(1, 2), (3, 4)]],
    papers=["Application", "Notice"],
    packet_hash="a" * 64,
    consent_version="2026-02",
    consent_hash="b" * 64,
    checks=["code", "birth_date"],
    address="192.0.2.7",
    user_agent="a phone",
    signed_in="Austin, TX",
    scans=[],
)
VERBS = ("requested", "code_sent", "mistaken", "identified", "opened", "given", "declined")


def test_a_time_reads_alike_wherever_it_was() -> None:
    there = datetime(2026, 3, 1, 8, 3, 9, tzinfo=timezone(timedelta(hours=-6)))
    assert moment(there) == "2026-03-01 14:03:09 UTC"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(VERBS),
            st.integers(1_600_000_000, 1_900_000_000),
            st.sampled_from(["", "192.0.2.7", "2001:db8::1"]),
        ),
        max_size=8,
    )
)
def test_every_event_is_told_once_in_order(told: list[tuple[str, int, str]]) -> None:
    events = [
        Event(
            number,
            datetime.fromtimestamp(at, UTC),
            f"signature.{verb}",
            "Kari Hope",
            address,
            {"request": KARI.id},
        )
        for number, (verb, at, address) in enumerate(told, start=1)
    ]
    shown = evidence("A-1", [], [], events, "7:abc")["events"]
    assert [row[0] for row in shown] == [str(one.number) for one in events]
    assert [row[1] for row in shown] == [moment(one.at) for one in events]
    assert [row[4] for row in shown] == [one.address or "–" for one in events]
    assert all(short(KARI.id) in row[2] or "did not sign" in row[2] for row in shown)


def test_what_happened_is_said_in_words() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    said = [
        evidence("A-1", [], [], [Event(1, now, verb, "", "", data)], "")["events"][0][2]
        for verb, data in (
            ("signature.mistaken", {"check": "birth_date", "request": KARI.id}),
            ("signature.identified", {"checks": ["code"], "request": KARI.id}),
            ("signature.voided", {"reason": "answers_changed", "request": KARI.id}),
            ("signature.given", {"method": "drawn", "request": KARI.id}),
        )
    ]
    assert said == [
        "not recognised (date of birth), for 1f3a9c20",
        "recognised (code sent to the mailbox), for 1f3a9c20",
        "ended (answers changed): 1f3a9c20",
        "signed (drawn): 1f3a9c20",
    ]


def test_hashes_and_checks_stand_beside_the_signature() -> None:
    made = evidence("A-1", [SignedPaper("Application", "E-1", "c" * 64, "d" * 64)], [KARI], [], "")
    assert made["papers"] == [
        {"name": "Application", "edition": "E-1", "seen": "c" * 64, "stamped": "d" * 64}
    ]
    rows = dict(made["signatures"][0]["rows"])
    assert rows["Told from others by"] == "code sent to the mailbox, date of birth"
    assert rows["Documents together, SHA-256"] == "a" * 64
    assert rows["Signed in"] == "Austin, TX"
    assert "Scans, SHA-256" not in rows


def test_the_consent_told_is_the_one_that_was_agreed_to() -> None:
    earlier = replace(KARI, consent_version="2026-01")
    made = evidence("A-1", [], [KARI, earlier], [], "")
    assert [one["version"] for one in made["consents"]] == ["2026-01", "2026-02"]
    assert made["consents"][0]["hash"] == consent_hash("2026-01") != consent_hash()
    assert "typed name" in made["consents"][0]["lines"][0]

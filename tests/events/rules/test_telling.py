"""What a webhook says is small, and no words of people leave by it."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from megler.events.rules.telling import TOLD, Happened, payload, wants

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def happened(told: dict[str, object]) -> Happened:
    return Happened("k", "case.decided", AT, 3, "id", "C-1", "decided", "approved", "agency",
                    "close", "", told)  # fmt: skip


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=40) | st.integers(), max_size=6))
def test_only_ids_and_codes_are_told(told: dict[str, object]) -> None:
    body = payload(happened({**told, "name": "aps-of-kari.pdf"}), "https://x/y")
    assert set(body["data"]["about"]) <= set(TOLD)
    assert "aps-of-kari" not in json.dumps(body)


def test_it_is_shaped_as_standard_webhooks_wants_and_says_its_place() -> None:
    body = payload(happened({"decision": "approved"}), "https://x/y")
    assert (body["type"], body["timestamp"]) == ("case.decided", "2026-03-02T15:00:00+00:00")
    assert body["data"]["sequence"] == 3
    assert body["data"]["case"]["policy_number"] is None


def test_who_wants_a_noun_wants_its_verbs() -> None:
    assert wants(["case"], "case.opened")
    assert not wants(["requirement", "case.closed"], "case.opened")

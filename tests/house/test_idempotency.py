"""The same key from twenty threads at once: one effect, one answer."""

import hashlib
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from megler.accounts.encryption import digest
from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.models import Answered, Entry
from megler.journal.rules.actors import SYSTEM
from megler.quoting.models import Quote
from tests.cast import person, signed_in

VGLI = Path(__file__).parents[2] / "editions/us-va/vgli-2019"
THREADS = 20
BODY = {"facts": {"age": 47, "wants": {"line": "group_term_life", "face_amount": "100000"}}}


@pytest.fixture
def secret(transactional_db: None) -> str:
    publish_edition(SYSTEM, read_files(VGLI))
    return ApiKey.make(
        User.objects.create_user("a@example.com", name="A", role=Role.SERVICE), "storm"
    )


def send(secret: str, key: str, body: object = BODY, path: str = "/saved-quotes") -> Any:
    headers = {"Authorization": f"Bearer {secret}", **({"Idempotency-Key": key} if key else {})}
    text = json.dumps(body)
    return Client().post(f"/api/v1{path}", text, content_type="application/json", headers=headers)


def storm(ask: Callable[[int], Any]) -> list[Any]:
    """What twenty threads are answered that ask at the same moment."""
    start = threading.Barrier(THREADS)

    def one(number: int) -> Any:
        start.wait()
        try:
            return ask(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_one_key_from_twenty_threads_has_one_effect_and_one_answer(secret: str) -> None:
    answers = storm(lambda _: send(secret, "the-key"))
    assert {a.status_code for a in answers} == {201}
    assert len({a.content for a in answers}) == 1
    assert Quote.objects.count() == Entry.objects.filter(verb="quote.saved").count() == 1


def test_twenty_keys_have_twenty_effects(secret: str) -> None:
    answers = storm(lambda number: send(secret, f"key-{number}"))
    assert {a.status_code for a in answers} == {201}
    assert Quote.objects.count() == THREADS


def test_without_a_key_a_write_is_refused_and_has_no_effect(secret: str) -> None:
    answer = send(secret, "")
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (
        400,
        "idempotency_key_missing",
    )
    assert not Quote.objects.exists()


def test_one_key_for_two_requests_is_refused(secret: str) -> None:
    send(secret, "k")
    answer = send(secret, "k", {**BODY, "title": "another"})
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (
        422,
        "idempotency_key_reused",
    )
    assert Quote.objects.count() == 1


def test_two_people_may_use_the_same_key(secret: str) -> None:
    other = User.objects.create_user("b@example.com", name="B", role=Role.SERVICE)
    send(secret, "k")
    send(ApiKey.make(other, "other"), "k")
    assert Quote.objects.count() == 2


def test_a_refusal_is_answered_alike_again(secret: str) -> None:
    first, second = (send(secret, "k", {"facts": {"born": "2999-01-01"}}) for _ in range(2))
    assert first.status_code == second.status_code == 422
    assert first.content == second.content
    assert second.headers["Idempotent-Replay"] == "true"


def test_an_answer_without_a_person_is_not_kept(secret: str) -> None:
    assert send("mk_wrong", "k").status_code == 401
    assert not Answered.objects.exists()


def test_the_storm_can_find_a_double_effect(secret: str) -> None:
    def without_protection(number: int) -> Any:
        return send(secret, f"{number}-unprotected")

    storm(without_protection)
    assert Quote.objects.count() > 1


def test_an_answer_is_given_again_only_to_who_is_still_let_in(secret: str) -> None:
    assert send(secret, "k").status_code == 201
    ApiKey.objects.get().revoke(timezone.now())
    assert send(secret, "k").status_code == 401


def test_a_kept_answer_lies_encrypted(secret: str) -> None:
    answer = send(secret, "k")
    kept = bytes(Answered.objects.get().body)
    assert answer.content[:20] not in kept
    assert b"group_term_life" not in kept
    assert send(secret, "k").content == answer.content


def test_what_was_said_cannot_be_found_by_trying(secret: str, settings: Any) -> None:
    send(secret, "k")
    said = f"POST /api/v1/saved-quotes\n{json.dumps(BODY)}".encode()
    kept = Answered.objects.get().fingerprint
    assert kept != hashlib.sha256(said).hexdigest()
    assert kept == digest(said)


def test_a_header_that_many_share_makes_nobody_the_same_person(secret: str) -> None:
    people = [person(name, Role.SERVICE) for name in ("Ola Lie", "Per Lie")]
    shared = {"Authorization": "Basic c2hhcmVk", "Idempotency-Key": "k"}
    for one in people:
        answer = signed_in(one).post(
            "/api/v1/saved-quotes", json.dumps(BODY), "application/json", headers=shared
        )
        assert answer.status_code == 201
    assert Quote.objects.count() == 2

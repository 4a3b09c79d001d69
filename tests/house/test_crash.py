"""A killed web process loses nothing that it acknowledged, and leaves nothing half-written."""

import json
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.quoting.models import Quote
from tests.house.server import Server

VGLI = Path(__file__).parents[2] / "editions/us-va/vgli-2019"
WRITES = 200
FACTS = {"age": 47, "wants": {"line": "group_term_life", "face_amount": "100000"}}


def lost(acknowledged: Iterable[str], kept: Iterable[str]) -> set[str]:
    """What was acknowledged and is not there."""
    return set(acknowledged) - set(kept)


def half_written() -> set[str]:
    """Quotes without their journal entry, and entries without their quote."""
    quotes = {str(pk) for pk in Quote.objects.values_list("pk", flat=True)}
    entries = set(Entry.objects.filter(verb="quote.saved").values_list("subject_id", flat=True))
    return quotes ^ entries


def write(server: Server, secret: str, number: int) -> str | None:
    """Save quote `number`; the id that the answer acknowledges, or None without an answer."""
    request = Request(
        f"{server.url}/api/v1/saved-quotes",
        json.dumps({"facts": FACTS, "title": f"write {number}"}).encode(),
        {
            "Authorization": f"Bearer {secret}",
            "Idempotency-Key": f"write-{number}",
            "Content-Type": "application/json",
        },
    )
    try:
        with urlopen(request, timeout=30) as answer:
            return str(json.load(answer)["id"])
    except HTTPError as error:
        raise AssertionError(error.read()) from error
    except OSError:
        return None


@pytest.mark.django_db(transaction=True)
def test_kill_9_during_200_writes_loses_nothing_acknowledged() -> None:
    publish_edition(SYSTEM, read_files(VGLI))
    user = User.objects.create_user("a@example.com", name="A", role=Role.SERVICE)
    secret = ApiKey.make(user, "crash")
    acknowledged: dict[int, str] = {}
    enough = threading.Event()

    def send(server: Server, number: int) -> None:
        made = write(server, secret, number)
        if made:
            acknowledged[number] = made
        if len(acknowledged) >= WRITES // 3:
            enough.set()

    with Server() as server, ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(send, server, number) for number in range(WRITES)]
        assert enough.wait(60)
        server.kill()
        for one in sent:
            one.result()
    before = dict(acknowledged)
    assert WRITES // 3 <= len(before) < WRITES
    kept = {str(pk) for pk in Quote.objects.values_list("pk", flat=True)}
    assert lost(before.values(), kept) == set()
    assert half_written() == set()

    with Server() as server, ThreadPoolExecutor(4) as pool:
        again = dict(enumerate(pool.map(lambda n: write(server, secret, n), range(WRITES))))
    assert {n: again[n] for n in before} == before
    assert Quote.objects.count() == WRITES
    assert half_written() == set()


@pytest.mark.django_db
def test_a_lost_or_half_written_quote_would_be_found() -> None:
    assert lost(["a", "b"], ["b"]) == {"a"}
    user = User.objects.create_user("a@example.com", name="A", role=Role.SERVICE)
    made = Quote.objects.create(
        made_by=user,
        made_at=user.joined_at,
        on=user.joined_at.date(),
        facts={},
        answer={},
        editions=[],
    )
    assert half_written() == {str(made.pk)}

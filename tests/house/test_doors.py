"""Every address × method × role × somebody else's record: what is not yours is not there."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path

from megler.accounts.access import for_everyone_signed_in
from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.config import urls
from tests.cases.cast import (
    a_carrier,
    a_carrier_person,
    an_agent,
    an_assistant,
)
from tests.cast import person, signed_in
from tests.house.doors import PUBLIC
from tests.house.records import one_of_each
from tests.house.walk import Place, ask, breaches, is_right, may_pass, places, unclassified


def test_every_address_is_classified_and_marked_alike() -> None:
    assert unclassified(places()) == set()


def test_there_are_addresses_to_walk() -> None:
    assert len([p for p in places() if p.is_api]) > 20
    assert len([p for p in places() if p.names_a_record()]) > 30


AT_TIMES = {"application_print", "application_sign", "application_notice"}
"""Pages that are there only in a certain state: papers to print, while they can be signed; the
agent's signing, while it is the agent's turn; the notice to an existing insurer, while one of its
policies is replaced."""


OF_CARRIERS = {"enquiry_asked", "enquiry_asked_paper"}
"""Pages for a carrier's own people alone."""
SEALED = {"hear", "POST /vendor-messages"}
"""Addresses of programs that sign what they send, and have no cookie a stranger could borrow."""
BY_ACT = {"case_act", "requirement_act"}
"""Pages whose address names an act with a door of its own."""


@pytest.fixture
def owner(db: None) -> User:
    """The agent whose records somebody else tries to reach."""
    user = an_agent("Olga Owner").user
    assert user is not None
    return user


@pytest.fixture
def objects(owner: User) -> dict[str, str]:
    return one_of_each(owner)


EVERY_METHOD = {"nobody", Role.ADMINISTRATOR, Role.AGENT}
"""Who walks with every method; a page asks no one's role before it refuses a method."""


def just_asked_and_sent(place: Place) -> Place:
    return replace(
        place, methods=tuple(m for m in place.methods if place.is_api or m in "GET POST")
    )


def somebody(role: str) -> User | None:
    """A person of that role who has nothing to do with the owner."""
    if role == "nobody":
        return None
    if role == Role.AGENT:
        return an_agent("Stig Stranger").user
    if role == Role.ASSISTANT:
        return an_assistant(an_agent("Stig Stranger"))
    if role == Role.CARRIER:
        return a_carrier_person(a_carrier("another-carrier"))
    return person("Sam Somebody", Role(role))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["nobody", *Role])
def test_what_is_not_yours_is_not_there(role: str, objects: dict[str, str]) -> None:
    who = somebody(role)
    client = signed_in(who) if who else Client()
    client.raise_request_exception = False
    every = places() if role in EVERY_METHOD else [just_asked_and_sent(one) for one in places()]
    assert breaches(every, who, client, objects) == []


@pytest.mark.django_db
def test_the_addresses_of_the_walk_lead_somewhere(owner: User, objects: dict[str, str]) -> None:
    """So that a 404 of the walk means a closed door and not a wrong address."""
    administrator = signed_in(person("Ada Berg", Role.ADMINISTRATOR))
    for place in places():
        if place.door == PUBLIC or "GET" not in place.methods or not place.names_a_record():
            continue
        if place.name in AT_TIMES | OF_CARRIERS:
            continue
        reached = ask(administrator, place, "GET", place.address(objects)).status_code
        own = ask(signed_in(owner), place, "GET", place.address(objects)).status_code
        assert reached in {200, 302, 405}, place
        if place.name in BY_ACT:
            continue
        assert own in ({200, 302, 405} if may_pass(place, owner) else {404, 405}), place


@pytest.mark.django_db
def test_every_unsafe_request_without_a_csrf_token_is_refused(objects: dict[str, str]) -> None:
    administrator = person("Ada Berg", Role.ADMINISTRATOR)
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator, "allauth.account.auth_backends.AuthenticationBackend")
    passed = [
        f"{method} {place.name}: {status}"
        for place in places()
        if place.name not in SEALED
        for method in set(place.methods) - {"GET"}
        if (status := ask(client, place, method, place.address(objects)).status_code)
        not in {403, 405}
    ]
    assert passed == []


@pytest.fixture
def leak(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A page that shows anybody's case to whoever has signed in, and one without a door."""

    def leaking(request: HttpRequest, case_id: str) -> HttpResponse:
        return HttpResponse("somebody else's case")

    more: list[Any] = [
        path("leak/<uuid:case_id>/", for_everyone_signed_in(leaking), name="case"),
        path("doorless/", lambda request: HttpResponse("open"), name="doorless"),
    ]
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, *more])
    clear_url_caches()
    yield
    monkeypatch.undo()
    clear_url_caches()


@pytest.mark.django_db
def test_the_walk_finds_a_leak_and_an_unclassified_page(
    leak: None, objects: dict[str, str]
) -> None:
    assert "doorless" in unclassified(places())
    stranger = somebody(Role.AGENT)
    assert stranger is not None
    leaking = [p for p in places() if p.route.startswith("leak/")]
    assert leaking
    assert any("leak/" in one for one in breaches(leaking, stranger, signed_in(stranger), objects))


def test_a_status_of_500_is_never_right() -> None:
    place = Place("home", "", PUBLIC, is_api=False)
    assert not is_right(place, None, 500)
    assert is_right(place, None, 200)

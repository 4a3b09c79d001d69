"""Clients are found by the words of their names, at a cost that does not grow."""

import pytest
from django.utils import timezone

from megler.clients.models import Client, ClientWord

pytestmark = pytest.mark.django_db


def a_client(name: str, kind: str = "organisation") -> Client:
    at = timezone.now()
    first, _, last = name.partition(" ")
    return Client.objects.create(
        kind=kind, name=name, name_key=name.lower(), first_name=first, last_name=last,
        created_at=at, changed_at=at,
    )  # fmt: skip


def test_each_word_must_begin_a_word_in_any_order() -> None:
    hope = a_client("Kari Hope Family Trust")
    a_client("Karin Olsen")
    for words in ("kari hope", "hope ka", "fam tru", "TRUST", "  hope-family "):
        assert Client.objects.first_named(words, 9) == [hope.pk], words
    assert Client.objects.first_named("kari olsen hope", 9) == []
    assert Client.objects.first_named("ope", 9) == []
    assert Client.objects.first_named(".*", 9) == []


def test_the_first_by_the_alphabet_are_found_each_once() -> None:
    names = ["Kari Karlsen", "Kari Aas", "Kaja Berg"]
    for name in names:
        a_client(name)
    found = Client.objects.in_bulk(Client.objects.first_named("ka", 2))
    assert sorted(one.name for one in found.values()) == ["Kaja Berg", "Kari Aas"]
    assert len(Client.objects.first_named("ka", 9)) == len(names)


def test_a_new_name_is_found_and_the_old_one_is_not() -> None:
    client = a_client("Kari Hope")
    client.name, client.name_key = "Kari Øst", "kari øst"
    client.save()
    assert Client.objects.first_named("hope", 9) == []
    assert Client.objects.first_named("øst", 9) == [client.pk]
    assert ClientWord.objects.filter(client=client).count() == 2

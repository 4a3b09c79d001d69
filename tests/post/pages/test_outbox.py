"""The outbox shows what was written to those who may see it."""

import pytest
from django.test import Client

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.post.actions.messages import send
from megler.post.models import Message

pytestmark = pytest.mark.django_db


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(
        User.objects.create_user(f"{role}@fjord.example", name="Kari Lund", role=role),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


@pytest.fixture
def manager() -> Client:
    return signed_in(Role.CASE_MANAGER)


def test_a_message_is_read_with_its_links_alive(manager: Client) -> None:
    message = send("a@b.example", "Sign here", "Please sign:\nhttps://fjord.example/sign/abc")
    page = manager.get(f"/post/{message.pk}/")
    assert '<a href="https://fjord.example/sign/abc"' in page.content.decode()


def test_a_message_text_cannot_bring_markup(manager: Client) -> None:
    message = send("a@b.example", "<b>x</b>", "<script>alert(1)</script>")
    page = manager.get(f"/post/{message.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_the_list_goes_on_where_it_stopped(manager: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(60):
        send("a@b.example", f"Number {number:02d}", "Text")
    with django_assert_max_num_queries(6):
        first = manager.get("/post/")
    assert "Number 59" in first.content.decode()
    assert "Number 09" not in first.content.decode()
    rest = manager.get("/post/", {"page": first.context["part"].older}).content.decode()
    assert "Number 09" in rest
    assert "Number 10" not in rest


def test_the_list_is_narrowed_by_state_and_address(manager: Client) -> None:
    send("a@b.example", "To a", "Text")
    send("c@d.example", "To c", "Text")
    found = manager.get("/post/", {"to": "C@d.example", "state": "kept"}).content.decode()
    assert "To c" in found
    assert "To a" not in found
    assert "To c" not in manager.get("/post/", {"state": "sent"}).content.decode()


def test_a_message_given_up_is_tried_again(manager: Client) -> None:
    message = send("a@b.example", "Lost", "Text")
    Message.objects.filter(pk=message.pk).update(state="given_up")
    answer = manager.post(f"/post/{message.pk}/try-again/", follow=True)
    assert "on its way again" in answer.content.decode()
    again = manager.post(f"/post/{message.pk}/try-again/", follow=True).content.decode()
    assert "only one that was given up" in again


@pytest.mark.parametrize("role", [Role.AGENT, Role.ASSISTANT, Role.CARRIER, Role.LICENSING])
def test_to_others_there_is_no_outbox(role: Role) -> None:
    message = send("a@b.example", "Private", "Text")
    client = signed_in(role)
    assert client.get("/post/").status_code == 404
    assert client.get(f"/post/{message.pk}/").status_code == 404
    assert client.post(f"/post/{message.pk}/try-again/").status_code == 404


@pytest.mark.parametrize(
    ("state", "is_shown"), [("kept", True), ("waiting", False), ("given_up", False)]
)
def test_a_private_link_is_read_only_where_there_is_no_mail_server(
    manager: Client, state: str, is_shown: bool
) -> None:
    message = send("a@b.example", "Sign", "Open /sign/secret-token/", private=True)
    Message.objects.filter(pk=message.pk).update(state=state)
    page = manager.get(f"/post/{message.pk}/").content.decode()
    assert ("secret-token" in page) is is_shown

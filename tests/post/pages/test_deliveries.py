"""Staff see what is under way, what needs a hand first, and can start anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.post.actions.deliveries import Enclosure
from megler.post.models import Delivery, DeliveryTry
from tests.cast import signed_in
from tests.post.cast import a_document, a_partner, put_up

pytestmark = pytest.mark.django_db


def ended(delivery: Delivery, state: str, why: str = "") -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, why=why, next_try_at=None, ended_at=timezone.now()
    )
    delivery.refresh_from_db()
    return delivery


def some(count: int) -> list[Delivery]:
    partner, files = a_partner(), [Enclosure(a_document(), "a.pdf")]
    now = timezone.now()
    return [
        put_up(partner, files, f"key {number}", at=now - timedelta(days=count - number))
        for number in range(count)
    ]


def test_what_failed_stands_first(new_business: User) -> None:
    old, middle, _new = some(3)
    ended(old, "refused", "host_key_other")
    ended(middle, "delivered")
    page = signed_in(new_business).get("/deliveries/")
    assert [row.pk for row in page.context["failed"]] == [old.pk]
    assert len(page.context["part"].items) == 3
    words = page.content.decode()
    assert words.index("Needs a hand") < words.index("All</h2>")
    assert "another key than Tundra Life gave us" in words


def test_the_list_is_narrowed_and_goes_on_where_it_stopped(  # type: ignore[no-untyped-def]
    new_business: User, django_assert_max_num_queries
) -> None:
    made = some(52)
    ended(made[0], "failed")
    browser = signed_in(new_business)
    with django_assert_max_num_queries(8):
        first = browser.get("/deliveries/")
    assert len(first.context["part"].items) == 50
    rest = browser.get("/deliveries/", {"page": first.context["part"].older})
    assert [row.pk for row in rest.context["part"].items] == [made[1].pk, made[0].pk]
    assert rest.context["failed"] == []
    only = browser.get("/deliveries/", {"state": "failed"}).context["part"].items
    assert [row.pk for row in only] == [made[0].pk]
    part = browser.get("/deliveries/", {"state": "cancelled"}, headers={"HX-Request": "true"})
    assert "No delivery fits" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_one_shows_its_files_tries_and_receipt_and_nothing_brings_markup(
    new_business: User,
) -> None:
    delivery = put_up(a_partner(name="<b>Tundra</b>"), url="/applications/4711/")
    delivery.receipt = "201 Created <script>"
    delivery.save()
    DeliveryTry.objects.create(
        delivery=delivery, number=1, ended_at=timezone.now(), outcome="later",
        why="busy_receiver", said="<script>alert(1)</script>",
    )  # fmt: skip
    page = signed_in(new_business).get(f"/deliveries/{delivery.pk}/").content.decode()
    assert "A-10001.pdf" in page
    assert delivery.files.get().document.sha256 in page
    assert "201 Created &lt;script&gt;" in page
    assert "could not take it now" in page
    assert "<script>alert" not in page
    assert "<b>Tundra" not in page
    assert 'href="/applications/4711/"' in page


def test_starting_anew_and_cancelling(new_business: User) -> None:
    delivery = ended(put_up(a_partner()), "failed", "not_reached")
    browser, place = signed_in(new_business), f"/deliveries/{delivery.pk}/"
    assert "Try again" in browser.get(place).content.decode()
    again = browser.post(f"{place}try-again/", follow=True).content.decode()
    assert "being tried again" in again
    gone = browser.post(f"{place}cancel/", follow=True).content.decode()
    assert "The delivery is cancelled." in gone
    ended(delivery, "delivered")
    refused = browser.post(f"{place}cancel/", follow=True).content.decode()
    assert "cannot be cancelled" in refused
    refused = browser.post(f"{place}try-again/", follow=True).content.decode()
    assert "is delivered already" in refused


def test_a_message_that_carries_a_delivery_leads_to_it(new_business: User) -> None:
    from megler.post.actions.messages import send

    delivery = put_up(a_partner())
    files = [Enclosure(a_document(), "a.pdf")]
    message = send("a@b.example", "S", "T", ("delivery", delivery.pk), enclosed=files)
    browser = signed_in(new_business)
    page = browser.get(f"/post/{message.pk}/").content.decode()
    assert f"/deliveries/{delivery.pk}/" in page
    assert "a.pdf" in page
    again = browser.post(f"/post/{message.pk}/try-again/", follow=True).content.decode()
    assert "try the delivery again" in again


def test_to_others_there_are_no_deliveries(agent_user: User, accountant: User) -> None:
    delivery = put_up(a_partner())
    for person in (agent_user, accountant):
        browser = signed_in(person)
        assert browser.get("/deliveries/").status_code == 404
        assert browser.get(f"/deliveries/{delivery.pk}/").status_code == 404
        assert browser.post(f"/deliveries/{delivery.pk}/cancel/").status_code == 404

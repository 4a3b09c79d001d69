"""Programs read deliveries and start them anew."""

import json
from typing import Any

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.post.models import Delivery
from tests.cast import signed_in
from tests.post.cast import ABOUT, a_partner, put_up

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/deliveries"


def read(answer: Any) -> Any:
    return json.loads(answer.content)


def test_deliveries_are_listed_by_state_and_read_whole(new_business: User) -> None:
    delivery = put_up(a_partner())
    browser = signed_in(new_business)
    (listed,) = read(browser.get(ROOT))["deliveries"]
    assert (listed["id"], listed["about"]) == (str(delivery.pk), list(ABOUT))
    assert read(browser.get(ROOT, {"state": "failed"}))["deliveries"] == []
    whole = read(browser.get(f"{ROOT}/{delivery.pk}"))
    assert [one["name"] for one in whole["files"]] == ["A-10001.pdf"]
    assert (whole["receipt"], whole["tries"]) == ("", [])


def test_one_that_failed_is_tried_again_once(new_business: User) -> None:
    delivery = put_up(a_partner())
    Delivery.objects.filter(pk=delivery.pk).update(
        state="failed", next_try_at=None, ended_at=timezone.now()
    )
    browser = signed_in(new_business)
    for _ in range(2):
        answer = browser.post(f"{ROOT}/{delivery.pk}/try-again", headers={"Idempotency-Key": "k"})
        assert (answer.status_code, read(answer)["state"]) == (200, "waiting")
    Delivery.objects.filter(pk=delivery.pk).update(
        state="delivered", next_try_at=None, ended_at=timezone.now()
    )
    answer = browser.post(f"{ROOT}/{delivery.pk}/try-again", headers={"Idempotency-Key": "l"})
    assert answer.status_code == 422
    assert read(answer)["problems"][0]["code"] == "delivery_there_already"


def test_to_others_there_is_nothing(agent_user: User) -> None:
    delivery = put_up(a_partner())
    browser = signed_in(agent_user)
    assert browser.get(ROOT).status_code == 404
    assert browser.get(f"{ROOT}/{delivery.pk}").status_code == 404

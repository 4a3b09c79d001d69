"""Asking the API as a person's program does."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client as Browser

from megler.accounts.models import ApiKey, User


def ask(person: User, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    """The status and the JSON of a GET, or of a POST with `body`."""
    browser = Browser(headers={"Authorization": f"Bearer {ApiKey.make(person, 'test')}"})
    if body is None:
        answer = browser.get(f"/api/v1{path}")
    else:
        answer = browser.post(
            f"/api/v1{path}",
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": uuid4().hex},
        )
    return answer.status_code, json.loads(answer.content)

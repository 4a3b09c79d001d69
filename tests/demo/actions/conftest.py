"""A small demo agency, built once for the tests of a module and undone after them."""

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from megler.accounts.rules.roles import Role
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.carriers.models import Carrier, Product
from megler.demo.actions.build import build_demo
from megler.demo.actions.telling import Told
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.applications.complete import FACTS, OFFER
from tests.cast import PASSWORD, person

AT = datetime(2026, 6, 10, 16, 0, tzinfo=UTC)
FORM_SETS = frozenset({"tundra-life/illness-forms", "fjordgard/life-forms"})


@dataclass
class Built:
    """What a build told on its way, and what it made."""

    told: list[tuple[int, int, str]]
    made: list[tuple[Any, ...]]
    again: list[tuple[Any, ...]]
    """What the build before it made, of the same seed on the same day."""


def _build() -> Built:
    told: list[tuple[int, int, str]] = []
    build_demo(lambda *step: told.append(step), cases=6, agents=4, seed=7, at=AT, only=FORM_SETS)
    made = Application.objects.order_by("started_at").values_list(
        "insured_name", "product__code", "agent__name", "state", "started_at", "submitted_at"
    )
    return Built(told, list(made), [])


@pytest.fixture(scope="module")
def kept_built(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    """The agency built, undone, and built again, with a mail server that must not be asked."""
    folder: Path = tmp_path_factory.mktemp("demo")
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder)},
    }
    changed = override_settings(
        DEMO=True,
        EMAIL_HOST="mail.invalid",
        VAR_DIR=folder,
        STORAGES={**settings.STORAGES, "default": kept},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with django_db_blocker.unblock(), changed, transaction.atomic():
        with transaction.atomic():
            first = _build()
            transaction.set_rollback(True)
        second = _build()
        second.again = first.made
        yield second
        transaction.set_rollback(True)


@pytest.fixture
def built(kept_built: Built, db: None) -> Built:
    """The agency as it stands."""
    return kept_built


@pytest.fixture
def told(db: None) -> Told:
    user = person("Morgan Bailey", Role.AGENT, PASSWORD)
    agent = Agent.objects.create(
        user=user, name=user.name, email=user.email, npn="4711", jurisdiction="TX",
        since="2020-01-01",
    )  # fmt: skip
    begun = timezone.now() - timedelta(days=200)
    return Told(random.Random(1), agent, timezone.get_default_timezone(), begun)


@pytest.fixture
def held(told: Told) -> Application:
    carrier = Carrier.objects.create(slug="fjord-life", name="Fjord Life")
    Product.objects.create(carrier=carrier, code="term", name="Fjord Term", line="term_life")
    quote = Quote.objects.create(
        agent=told.agent, made_by=told.seller, made_at=told.at, on=told.at.date(),
        facts=deepcopy(FACTS), answer={"offers": [deepcopy(OFFER)]}, editions=[],
    )  # fmt: skip
    return start_from_quote(told.seller, quote, 0, told.at)

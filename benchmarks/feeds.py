"""A carrier's file of 100,000 status records applied, beside bare COPY of the same rows.

Cases are made by COPY in a database of their own: `DATABASE_URL` must name one that may be filled.
Three editions are applied: the first, of which every record says something new; the same again,
of which none does; and one in which a tenth does.
"""

import os
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

from benchmarks.report import Line, Report, duration, goal

WANTED_A_SECOND = 1_000
AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
HEAD = "Application ID,Insured,DOB,Plan,Policy Number,Status"


def full() -> Iterator[Report]:
    """100,000 records over as many cases as `MEGLER_BENCH_CASES` says (100,000)."""
    yield from _reports(int(os.environ.get("MEGLER_BENCH_CASES", "100000")), 100_000)


def quick() -> Iterator[Report]:
    """A few records: proves agreement."""
    yield from _reports(300, 200)


def _reports(cases: int, records: int) -> Iterator[Report]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "megler.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from megler.accounts.models import User
    from megler.feeds.models import FeedFile, FeedSource
    from megler.feeds.rules.words import USUAL_WAYS

    call_command("migrate", verbosity=0)
    carrier = _fill(connection, cases)
    person = User.objects.get(email="bench@feeds.example")
    source = FeedSource.objects.create(
        slug=f"bench-{uuid.uuid4().hex[:8]}", name="Bench", carrier_id=carrier, made_at=AT,
        ways=dict(USUAL_WAYS),
    )  # fmt: skip
    numbers = _numbers(connection, carrier, records)
    import_module("megler.config.urls")  # as a worker has it, long since
    lines = []
    slowest = 0.0
    editions: tuple[tuple[str, Callable[[int], str]], ...] = (
        ("every record is new", lambda i: "In underwriting"),
        ("none is", lambda i: "In underwriting"),
        ("a tenth is", lambda i: "Approved" if i % 10 == 0 else "In underwriting"),
    )
    for day, (title, status) in enumerate(editions, 1):
        rows = (f",,,,{number},{status(i)}" for i, number in enumerate(numbers))
        content = "\n".join([HEAD, *rows, "", " " * day]).encode()
        began = time.perf_counter()
        file = _apply(person, source, content, AT + timedelta(days=day))
        took = time.perf_counter() - began
        slowest = max(slowest, took)
        done = FeedFile.objects.get(pk=file)
        if done.records != records or done.state != "done":
            raise ValueError(f"{title}: {done.state}, {done.records} of {records}, {done.counts}")
        speed = f"{records / took:,.0f} a second"
        lines.append(Line(f"{records:,} records: {title}", duration(took), "", speed))
    reached = records / slowest / WANTED_A_SECOND
    yield Report(
        f"A carrier's file over {cases:,} cases",
        lines,
        [goal(f"{WANTED_A_SECOND:,} records a second", reached, 1)],
    )


def _apply(person: Any, source: Any, content: bytes, as_of: datetime) -> Any:
    from megler.exchange.sheets import read_sheets
    from megler.feeds.actions.receiving import receive_file
    from megler.feeds.actions.sources import Words, settle_layout
    from megler.feeds.actions.taking import take_file
    from megler.feeds.rules.guessing import guess

    file = receive_file(person, source, "pending.csv", content, as_of=as_of).file
    if not source.layouts.exists():
        found = guess(read_sheets(content)[0][0].rows)
        if found is None:
            raise ValueError("no layout")
        settle_layout(person, file, found.layout(), Words())
    take_file(file.pk)
    return file.pk


def _numbers(connection: Any, carrier: int, count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT policy_number FROM cases_case WHERE carrier_id = %s AND policy_number LIKE 'FB%%'"
            " AND status = 'received_by_carrier' ORDER BY number DESC LIMIT %s",
            [carrier, count],
        )
        return [row[0] for row in cursor.fetchall()]


def _fill(connection: Any, count: int) -> int:
    """So many cases at one carrier, by sets: each with its own client, application and agent share."""
    from megler.accounts.models import User
    from megler.accounts.rules.roles import Role
    from megler.carriers.models import Carrier, Product
    from megler.licensing.models import Agent

    carrier, _ = Carrier.objects.get_or_create(slug="bench-life", defaults={"name": "Bench Life"})
    product, _ = Product.objects.get_or_create(
        carrier=carrier, code="term", defaults={"name": "Level Term", "line": "term_life"}
    )
    agent = Agent.objects.filter(npn="9999999").first() or Agent.objects.create(
        name="Bench Agent", email="agent@feeds.example", npn="9999999", jurisdiction="TX",
        since=date(2020, 1, 1),
    )  # fmt: skip
    person = User.objects.filter(email="bench@feeds.example").first()
    person = person or User.objects.create_user(
        "bench@feeds.example", name="Bench", role=Role.ADMINISTRATOR
    )
    told = {"n": count, "agent": agent.pk, "product": product.pk, "carrier": carrier.pk,
            "at": AT, "by": person.pk}  # fmt: skip
    with connection.cursor() as cursor:
        for statement in _filling():
            cursor.execute(statement, told)
        cursor.execute("ANALYZE")
    return int(carrier.pk)


def _filling() -> Iterator[str]:
    """Statements that make clients, applications, cases and shares; what a row must hold by default."""
    from django.db import models

    from megler.applications.models import Application
    from megler.cases.models import Case, CaseAgent
    from megler.clients.models import Client

    yield (
        "CREATE TEMP TABLE bench AS SELECT g AS n, gen_random_uuid() AS client_id, "
        "gen_random_uuid() AS application_id, gen_random_uuid() AS case_id "
        "FROM generate_series(1, %(n)s) g"
    )
    given: tuple[tuple[type[models.Model], dict[str, str]], ...] = (
        (Client, {"id": "client_id", "name": "'Kari Hope ' || n", "name_key": "'kari hope ' || n",
                  "created_at": "%(at)s", "changed_at": "%(at)s", "kind": "'person'"}),
        (Application, {"id": "application_id", "agent_id": "%(agent)s", "client_id": "client_id",
                       "product_id": "%(product)s", "started_by_id": "%(by)s", "state": "'submitted'",
                       "questionnaire_key": "'life'", "offer": "'{}'", "answers": "''::bytea",
                       "started_at": "%(at)s", "changed_at": "%(at)s",
                       "submitted_at": "%(at)s"}),
        (Case, {"id": "case_id", "application_id": "application_id", "agent_id": "%(agent)s",
                "client_id": "client_id", "product_id": "%(product)s", "carrier_id": "%(carrier)s",
                "status": "'received_by_carrier'", "policy_number": "'FB' || n || substr(case_id::text,1,8)",
                "holder": "'carrier'", "holder_since": "%(at)s", "next_step": "'carrier_decides'",
                "opened_at": "%(at)s", "changed_at": "%(at)s", "status_since": "%(at)s",
                "good_order_at": "%(at)s", "sent_at": "%(at)s", "words": "'kari hope ' || n"}),
        (CaseAgent, {"id": "gen_random_uuid()", "case_id": "case_id", "agent_id": "%(agent)s",
                     "share": "100"}),
    )  # fmt: skip
    for model, known in given:
        columns = {**_defaults(model), **known}
        yield (
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608
            f"SELECT {', '.join(columns.values())} FROM bench"
        )


def _defaults(model: Any) -> dict[str, str]:
    """What every column holds that must hold something and is not told."""
    found = {}
    for field in model._meta.concrete_fields:
        if field.null or field.primary_key or field.has_db_default() or field.is_relation:
            continue
        kind = field.get_internal_type()
        value = field.get_default()
        if kind in {"CharField", "TextField", "EmailField", "SlugField"}:
            found[field.column] = f"'{value or ''}'"
        elif kind == "JSONField":
            found[field.column] = "'[]'" if isinstance(value, list) else "'{}'"
        elif kind in {"BooleanField"}:
            found[field.column] = "true" if value else "false"
        elif "Integer" in kind or kind == "DecimalField":
            found[field.column] = str(value or 0)
        elif kind == "BinaryField":
            found[field.column] = "''::bytea"
    return found

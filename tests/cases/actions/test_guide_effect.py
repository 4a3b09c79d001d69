"""A guide that is tried tells which open cases it would change, run by run, and changes none."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.drafts import keep_draft
from megler.carriers.models import EditionDraft, Product
from megler.carriers.packages import read_files
from megler.cases.actions import guide_effect
from megler.cases.actions.guide_effect import try_guide
from megler.cases.models import Case
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.cases import cast

EDITIONS = Path(__file__).parents[3] / "editions"
GUIDE = read_files(EDITIONS / "tundra-life/guide")
CALM: dict[str, Any] = {
    "age": 45,
    "sex": "female",
    "jurisdiction": "TX",
    "height_in": 65,
    "weight_lb": 140,
    "nicotine": [],
    "blood_pressure": {"systolic": 118, "diastolic": 76, "treated": False},
    "cholesterol": {"total": 180, "hdl_ratio": 3.4, "treated": False},
    "family": [],
    "conditions": [],
    "medications": [],
    "wants": {"line": "term_life", "face_amount": "500000", "term_years": 20},
}
PRESSED = CALM | {"blood_pressure": {"systolic": 138, "diastolic": 80, "treated": False}}
"""Preferred by the guide in effect, Standard by the one that is tried."""

pytestmark = pytest.mark.django_db
NewCase = Callable[..., Case]


@pytest.fixture
def draft() -> EditionDraft:
    """A guide whose systolic limit for Preferred is 135 where 140 stands."""
    for name in ("tundra-life/tundra-term", "tundra-life/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / name))
    stricter = GUIDE["criteria.csv"].replace(
        b"preferred,systolic_max,,60,140", b"preferred,systolic_max,,60,135"
    )
    head = GUIDE["edition.toml"].replace(b"2025-01-01", b"2027-01-01")
    return keep_draft(SYSTEM, {**GUIDE, "criteria.csv": stricter, "edition.toml": head})


@pytest.fixture
def new_case(draft: EditionDraft, agent: Agent) -> NewCase:
    product = Product.objects.get(code="tundra-term")
    made: list[Case] = []

    def opened(facts: dict[str, Any] | None, **changed: Any) -> Case:
        name = f"Kari {'abcdefghij'[len(made)].upper()}nes"
        case = cast.a_case(agent, product.carrier, name)
        if facts is not None:
            case.application.quote = Quote.objects.create(
                agent=agent,
                made_at=cast.AT,
                on=date(2026, 3, 2),
                facts=facts,
                answer={},
                editions=[],
            )
            case.application.save()
        Case.objects.filter(pk=case.pk).update(product=product, **changed)
        made.append(case)
        return case

    return opened


def test_only_cases_that_would_change_are_named(
    draft: EditionDraft, new_case: NewCase, underwriter: User
) -> None:
    new_case(CALM)
    pressed = new_case(PRESSED)
    new_case(None)
    new_case(PRESSED, status="closed", closed_at=cast.AT)
    new_case(PRESSED, status="in_force", policy_number="T-1")
    tried = try_guide(underwriter, draft, timezone.localdate())
    assert [one.case.pk for one in tried.changed] == [pressed.pk]
    assert tried.changed[0].effect.is_worse
    assert (tried.judged, tried.without_facts, tried.total, tried.after) == (2, 1, 3, None)


def test_facts_that_can_no_longer_be_read_are_counted_as_none(
    draft: EditionDraft, new_case: NewCase, underwriter: User
) -> None:
    new_case({"age": "old"})
    tried = try_guide(underwriter, draft, timezone.localdate())
    assert (tried.judged, tried.without_facts) == (0, 1)


def test_a_guide_for_all_products_leaves_alone_what_another_names(
    draft: EditionDraft, new_case: NewCase, underwriter: User
) -> None:
    new_case(PRESSED)
    head = GUIDE["edition.toml"].replace(b'products = ["tundra-term"]\n', b"")
    head = head.replace(b'"full-guide"', b'"other-guide"')
    stricter = GUIDE["criteria.csv"].replace(b"60,140", b"60,135")
    other = keep_draft(SYSTEM, {**GUIDE, "edition.toml": head, "criteria.csv": stricter})
    assert try_guide(underwriter, other, timezone.localdate()).total == 0


def test_a_person_sees_only_their_own_cases(
    draft: EditionDraft, new_case: NewCase, agent: Agent
) -> None:
    new_case(PRESSED)
    stranger = cast.an_agent("Nora Dahl").user
    assert stranger is not None
    assert agent.user is not None
    assert try_guide(stranger, draft, timezone.localdate()).total == 0
    assert try_guide(agent.user, draft, timezone.localdate()).total == 1


def panels(browser: Browser, draft: EditionDraft) -> list[str]:
    """The panel and every part that it then asks for."""
    found, path = [], f"/cases/guide-effect/{draft.pk}/"
    while path:
        answer = browser.get(path)
        assert answer.status_code == 200
        found.append(answer.content.decode())
        after = re.search(r'hx-get="([^"]+)"', found[-1])
        path = after[1].replace("&amp;", "&") if after else ""
    return found


def test_the_panel_counts_over_its_runs(
    draft: EditionDraft, new_case: NewCase, underwriter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guide_effect, "AT_ONCE", 2)
    for facts in (PRESSED, None, CALM, PRESSED, None, PRESSED):
        new_case(facts)
    parts = panels(cast.signed_in(underwriter), draft)
    assert len(parts) == 4
    assert "2 of 6 open cases looked at, 1 would change. 1 has no facts to judge." in parts[0]
    assert "6 of 6 open cases looked at, 3 would change. 2 have no facts to judge." in parts[-1]
    assert sum(part.count("worse") for part in parts) == 3
    assert [part.count("<table") for part in parts] == [1, 0, 0, 0]


def test_the_panel_says_so_when_no_case_is_judged_by_the_guide(
    draft: EditionDraft, underwriter: User
) -> None:
    (only,) = panels(cast.signed_in(underwriter), draft)
    assert "No open case is judged by this guide." in only


@pytest.mark.parametrize("odd", ["after=-1", "after=x&done=y", "after=99999999999999", "done=²"])
def test_odd_places_break_nothing(
    draft: EditionDraft, new_case: NewCase, underwriter: User, odd: str
) -> None:
    new_case(PRESSED)
    answer = cast.signed_in(underwriter).get(f"/cases/guide-effect/{draft.pk}/?{odd}")
    assert answer.status_code == 200


def test_nothing_of_a_case_changes_by_trying(
    draft: EditionDraft, new_case: NewCase, underwriter: User
) -> None:
    case = new_case(PRESSED)
    before = Case.objects.filter(pk=case.pk).values().get()
    panels(cast.signed_in(underwriter), draft)
    assert Case.objects.filter(pk=case.pk).values().get() == before


@pytest.mark.parametrize("role", [Role.AGENT, Role.CARRIER, Role.CASE_MANAGER])
def test_others_do_not_see_the_panel(draft: EditionDraft, role: Role) -> None:
    browser = cast.signed_in(cast.somebody(role, "Otto Ness"))
    assert browser.get(f"/cases/guide-effect/{draft.pk}/").status_code == 404


def test_a_case_leads_to_an_assessment_of_its_facts(
    new_case: NewCase, underwriter: User, agent: Agent
) -> None:
    case, bare = new_case(PRESSED), new_case(None)
    page = cast.signed_in(underwriter)
    assert "Assess the facts of its quote" in page.get(f"/cases/{case.pk}/").content.decode()
    assert "Assess the facts" not in page.get(f"/cases/{bare.pk}/").content.decode()
    theirs = cast.signed_in(cast.a_carrier_person(case.carrier))
    assert "Assess the facts" not in theirs.get(f"/cases/{case.pk}/").content.decode()

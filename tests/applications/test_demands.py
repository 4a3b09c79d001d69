"""What state and money want, told with what is missing in the answers."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.demands import not_brought
from megler.applications.actions.holding import missing, papers
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.applications.models_exchanges import ReplacementCorrections
from megler.quoting.models import Quote
from tests.applications.complete import COMPLETE

OLD = {"company": "Polar Mutual", "amount": "250000", "year_issued": "2010", "replace": "no"}
EXISTING: dict[str, Any] = {
    "has_existing": "yes",
    "existing_cover": [OLD],
    "replacing_funds": "no",
}
TODAY = timezone.localdate


def answered(person: User, held: Application, **more: Any) -> Application:
    held.refresh_from_db()
    given = deepcopy(COMPLETE) | more
    return answer(person, held, given, held.version).application


def codes(held: Application) -> list[str]:
    return [one.problem.code for one in missing(held, TODAY()) if one.is_error]


def forms(held: Application, person: User) -> set[str]:
    return {paper.form_key for paper in papers(held, person.actor())}


def test_in_texas_the_notice_is_signed_though_nothing_is_replaced(
    agent_user: User, started: Application
) -> None:
    held = answered(agent_user, started, **EXISTING)
    assert codes(held) == []
    assert "replacement" in forms(held, agent_user)


def test_in_california_it_is_not(agent_user: User, started: Application) -> None:
    home = {"street": "1 Oak St", "city": "Fresno", "state": "CA", "zip": "93650"}
    held = answered(agent_user, started, **EXISTING, insured_address=home)
    assert codes(held) == []
    assert "replacement" not in forms(held, agent_user)


def test_new_york_signs_the_definition_with_every_application(
    agent_user: User, started: Application
) -> None:
    home = {"street": "1 Oak St", "city": "Albany", "state": "NY", "zip": "12207"}
    held = answered(agent_user, started, insured_address=home)
    assert codes(held) == []
    assert {"replacement_definition"} == forms(held, agent_user) & {
        "replacement_definition",
        "replacement",
    }


def test_a_policy_drawn_upon_contradicts_the_no(agent_user: User, started: Application) -> None:
    drawn = EXISTING | {"existing_cover": [OLD | {"how": "loan"}]}
    held = answered(agent_user, started, **drawn)
    found = {(one.problem.code, one.question) for one in missing(held, TODAY()) if one.is_error}
    assert ("replacement_by_policy", "replacing") in found
    assert ("replacement_by_policy", "report_replacing") in found
    assert ("funds_used", "replacing_funds") in found


def test_what_the_questionnaires_own_rule_tells_is_not_told_again(
    agent_user: User, started: Application
) -> None:
    marked = EXISTING | {"existing_cover": [OLD | {"replace": "yes"}]}
    held = answered(agent_user, started, **marked)
    found = [one.problem.code for one in missing(held, TODAY()) if one.question == "replacing"]
    assert found == ["replacement_disagrees"]


def test_a_disagreement_is_told_once(agent_user: User, started: Application) -> None:
    said = EXISTING | {"existing_cover": [OLD | {"replace": "yes"}], "replacing": "yes"}
    held = answered(agent_user, started, **said, replacing_reason="Cheaper")
    found = [one.problem.code for one in missing(held, TODAY())]
    assert found.count("answers_disagree") == 1


def test_money_without_a_known_rule_is_warned_of(agent_user: User, started: Application) -> None:
    held = answered(agent_user, started, money_with_application="yes", money_amount="37.71")
    assert codes(held) == []
    assert "money_rule_unknown" in [one.problem.code for one in missing(held, TODAY())]
    assert "receipt" in forms(held, agent_user)


def test_a_want_is_told_beside_a_question_that_is_asked(
    agent_user: User, started: Application
) -> None:
    held = answered(agent_user, started, **EXISTING, replacing="yes", replacing_reason="Cheaper")
    for one in not_brought(held, TODAY()):
        assert one.question in held.questionnaire.by_key


@pytest.fixture
def corrected(db: None) -> None:
    """This agency's carriers want the notice in California with any existing cover."""
    head = (
        "state,line,effective_from,replaces,family,asks,internal,notice_days,notice_with,"
        "free_look_days,keep_years,cite,source,verify,note"
    )
    row = "CA,life,2020-01-01,any,naic_2000,,applies,3 business,,30,3,ours,asked the carrier,,"
    ReplacementCorrections.objects.create(
        text=f"{head}\n{row}\n", rows=1, given_at=timezone.now(), given_by="Cara Holm"
    )


@pytest.mark.usefixtures("corrected")
def test_an_agencys_own_rows_hold(agent_user: User, make_quote: Callable[..., Quote]) -> None:
    held = start_from_quote(agent_user, make_quote(), 0)
    home = {"street": "1 Oak St", "city": "Fresno", "state": "CA", "zip": "93650"}
    held = answered(agent_user, held, **EXISTING, insured_address=home)
    assert "replacement" in forms(held, agent_user)
    rule = ReplacementCorrections.objects.table().rule_for("CA", "life", date(2026, 7, 1))
    assert rule is not None
    assert rule.cite == "ours"

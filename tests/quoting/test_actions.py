"""Quoting from published editions; saving and replaying."""

import json
from datetime import date
from decimal import Decimal

import jsonschema
import pytest

from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.quoting.actions import quotes as actions
from megler.quoting.models import Quote
from megler.quoting.rules.answer import quote_schema
from megler.vocabulary.codes import Mode
from megler.vocabulary.problems import Refused
from tests.quoting.conftest import EDITIONS, FACTS, Seller

TODAY = date(2026, 6, 1)


def test_a_quote_uses_the_edition_of_its_day(market: None) -> None:
    wanted = {"age": 47, "wants": {"line": "group_term_life", "face_amount": "100000"}}
    by_day = {}
    for day in (date(2004, 12, 31), date(2005, 1, 1), date(2015, 12, 31), date(2016, 1, 1)):
        offers = actions.quote(wanted, day).offers
        by_day[day] = next(
            (o.edition, o.premium[Mode.BIWEEKLY]) for o in offers if o.carrier == "us-opm"
        )
    assert by_day == {
        date(2004, 12, 31): ("us-opm/fegli-b@2004-01-01", Decimal("9.00")),
        date(2005, 1, 1): ("us-opm/fegli-b@2005-01-01", Decimal("9.00")),
        date(2015, 12, 31): ("us-opm/fegli-b@2005-01-01", Decimal("9.00")),
        date(2016, 1, 1): ("us-opm/fegli-b@2016-01-01", Decimal("7.00")),
    }


def test_a_product_whose_last_edition_has_ended_is_refused_with_its_date(market: None) -> None:
    answer = actions.shown(actions.quote(FACTS, TODAY))
    assert [o["product"] for o in answer["offers"]] == ["vgli"]
    (refused,) = answer["not_offered"]
    assert refused["product"] == "fegli-b"
    assert "2021-09-30" in refused["reasons"][0]["text"]


def test_the_answer_has_its_published_shape(market: None) -> None:
    answer = actions.shown(actions.quote(FACTS, TODAY))
    jsonschema.validate(json.loads(json.dumps(answer)), quote_schema())


def test_bad_facts_are_refused_with_every_problem(market: None) -> None:
    with pytest.raises(Refused) as refused:
        actions.quote(
            {"born": "2999-01-01", "hieght_in": 64, "wants": {"face_amount": "-5"}}, TODAY
        )
    assert {p.where for p in refused.value.problems} == {"born", "hieght_in", "wants.face_amount"}


def test_a_replay_gives_the_same_cents_after_a_later_edition(market: None, agent: Seller) -> None:
    on = date(2016, 6, 1)
    kept = actions.save_quote(agent.user, FACTS, on)
    files = dict(read_files(EDITIONS / "us-opm/fegli-b-2016"))
    head = files["edition.toml"].decode()
    files["edition.toml"] = head.replace(
        "effective_from = 2016-01-01", "effective_from = 2016-02-01"
    ).encode()
    files["rates.csv"] = files["rates.csv"].replace(b"0.02,0.043", b"0.03,0.065")
    publish_edition(SYSTEM, files)
    before = actions.premiums_of(kept.answer)
    assert actions.premiums_of(actions.replay(Quote.objects.get(pk=kept.pk))) == before
    now = actions.premiums_of(actions.shown(actions.quote(FACTS, on)))
    assert now != before


def test_a_saved_quote_is_the_agents_own_and_in_the_journal(market: None, agent: Seller) -> None:
    kept = actions.save_quote(agent.user, FACTS, TODAY)
    assert kept.agent == agent.agent
    entry = Entry.objects.get(verb="quote.saved")
    assert (entry.subject_id, entry.actor_name) == (str(kept.pk), agent.user.name)
    assert "1979" not in json.dumps(entry.data)


def test_nobody_saves_a_quote_for_somebody_elses_agent(
    market: None, agent: Seller, stranger: Seller
) -> None:
    with pytest.raises(Refused):
        actions.save_quote(agent.user, FACTS, TODAY, agent=stranger.agent)
    assert not Quote.objects.exists()


def test_a_stranger_sees_nobody_elses_quote(market: None, agent: Seller, stranger: Seller) -> None:
    kept = actions.save_quote(agent.user, FACTS, TODAY)
    assert list(Quote.objects.visible_to(agent.user)) == [kept]
    assert not Quote.objects.visible_to(stranger.user).exists()

"""The quote page and saved quotes."""

import re

import pytest

from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.quoting.models import Quote
from tests import lines
from tests.quoting.conftest import EDITIONS, Seller

TYPED = {
    "line": "group_term_life",
    "face_amount": "100k",
    "mode": "monthly",
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "TX",
}


def test_the_page_offers_what_is_typed_and_says_what_is_not_possible(
    market: None, agent: Seller
) -> None:
    page = agent.client().post("/quotes/offers/", TYPED, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert "<html" not in text
    assert "$22.00" in text
    assert "Sold until" in text


def test_without_htmx_the_whole_page_comes_with_what_was_typed(market: None, agent: Seller) -> None:
    text = agent.client().post("/quotes/offers/", TYPED).content.decode()
    assert "<html" in text
    assert 'value="100k"' in text
    assert "$22.00" in text


def test_what_cannot_be_read_is_named(market: None, agent: Seller) -> None:
    typed = {**TYPED, "face_amount": "lots"}
    text = (
        agent.client()
        .post("/quotes/offers/", typed, headers={"HX-Request": "true"})
        .content.decode()
    )
    assert "lots" in text
    assert "500k" in text


def test_saving_keeps_the_quote_and_shows_it(market: None, agent: Seller) -> None:
    client = agent.client()
    saved = client.post("/quotes/save/", TYPED, follow=True)
    kept = Quote.objects.get()
    assert saved.redirect_chain == [(f"/quotes/{kept.pk}/", 302)]
    assert "$22.00" in saved.content.decode()
    replayed = client.post(f"/quotes/{kept.pk}/replay/", follow=True)
    assert "every premium is the same" in replayed.content.decode()


def test_a_quote_that_cannot_be_priced_is_not_kept(market: None, agent: Seller) -> None:
    answer = agent.client().post("/quotes/save/", {**TYPED, "born": "2999-01-01"})
    assert answer.status_code == 422
    assert not Quote.objects.exists()


def test_somebody_elses_quote_is_not_there(market: None, agent: Seller, stranger: Seller) -> None:
    agent.client().post("/quotes/save/", TYPED)
    kept = Quote.objects.get()
    assert stranger.client().get(f"/quotes/{kept.pk}/").status_code == 404
    assert stranger.client().post(f"/quotes/{kept.pk}/replay/").status_code == 404


WOMAN = {
    "line": "term_life",
    "face_amount": "245k",
    "term_years": "",
    "mode": "monthly",
    "born": "1985-06-14",
    "sex": "female",
    "jurisdiction": "TX",
    "height": "5'5",
    "weight": "140",
    "nicotine": "never",
}


@pytest.fixture
def tundra(db: None) -> None:
    for name in ("tundra-term", "guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / "tundra-life" / name))


def part(agent: Seller, **typed: str | list[str]) -> str:
    sent = {**WOMAN, **typed}
    answer = agent.client().post("/quotes/offers/", sent, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_offers_can_be_narrowed_to_a_term(tundra: None, agent: Seller) -> None:
    assert part(agent).count('class="card offer') == 3
    narrowed = part(agent, term="20")
    assert narrowed.count('class="card offer') == 1
    assert "2 more hidden" in narrowed


def test_each_tool_has_its_part(tundra: None, agent: Seller) -> None:
    for view, told in (
        ("terms", "30 years"),
        ("classes", "this person"),
        ("ladder", "In layers"),
        ("charts", "Premium by age at start"),
    ):
        assert told in part(agent, view=view), view


def test_offers_chosen_are_compared_side_by_side(tundra: None, agent: Seller) -> None:
    keys = [f"tundra-life:tundra-term:{years}::0" for years in (10, 20)]
    told = part(agent, view="compare", compare=keys)
    assert "Side by side" in told
    assert told.count("Tundra Straight Term") >= 2
    assert "Choose offers to compare" in part(agent, view="compare", compare=["nobody:x:1::0"])


def test_an_unknown_view_shows_the_offers(tundra: None, agent: Seller) -> None:
    assert 'class="card offer' in part(agent, view="dance")
    assert 'class="card offer' in part(agent, wish="7")
    assert "In layers" not in part(agent, view="ladder", line="whole_life")


def test_the_cheaper_larger_amount_is_taken_with_one_button(tundra: None, agent: Seller) -> None:
    assert "$250,000 can cost less than $245,000" in part(agent, term_years="20")
    taken = agent.client().post("/quotes/offers/", {**WOMAN, "take_amount": "250000"})
    assert 'value="250000"' in taken.content.decode()


def test_a_need_that_does_not_fall_is_refused_in_words(tundra: None, agent: Seller) -> None:
    need = {"need_amount_0": "100k", "need_years_0": "10", "need_amount_1": "200k"}
    told = part(agent, view="ladder", need_years_1="20", **need)
    assert "a need falls step by step" in told


def test_a_zip_code_in_several_counties_asks_which(db: None, agent: Seller) -> None:
    files = lines.page("individual-health").files
    head = re.sub(rb"\neffective_until = \S+", b"", files["edition.toml"])
    publish_edition(SYSTEM, {**files, "edition.toml": head})
    typed = {"line": "health", "age": "38", "zip": "36749", "jurisdiction": "AL"}
    asked = agent.client().post("/quotes/offers/", typed, headers={"HX-Request": "true"})
    text = asked.content.decode()
    assert 'hx-swap-oob="true"' in text
    assert ">Autauga<" in text
    assert ">Dallas<" in text
    whole = agent.client().post("/quotes/offers/", typed).content.decode()
    assert ">Autauga<" in whole
    chosen = {**typed, "county": "Autauga", "nicotine": "never"}
    assert 'class="card offer' in agent.client().post("/quotes/offers/", chosen).content.decode()


def test_a_quote_for_a_couple_is_kept_with_both(tundra: None, agent: Seller) -> None:
    typed = {**WOMAN, "partner": "each", "partner_age": "44", "partner_nicotine": "never"}
    client = agent.client()
    saved = client.post("/quotes/save/", {**typed, "partner_sex": "male"}, follow=True)
    kept = Quote.objects.get()
    assert [one["id"] for one in kept.facts["people"]] == ["insured", "partner"]
    text = saved.content.decode()
    assert "The insured: Term life, $245,000" in text
    assert "Partner: Term life, $245,000" in text

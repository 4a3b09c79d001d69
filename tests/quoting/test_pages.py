"""The quote page and saved quotes."""

from megler.quoting.models import Quote
from tests.quoting.conftest import Seller

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

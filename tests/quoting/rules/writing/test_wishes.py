from decimal import Decimal
from typing import Any

from msgspec.json import decode

from megler.quoting.rules.asked import Asked, Assessments
from megler.quoting.rules.books import chosen_books
from megler.quoting.rules.market.lives import lives_of
from megler.quoting.rules.market.pricing import offers_of_life
from megler.quoting.rules.writing.cells import cells_of
from megler.quoting.rules.writing.laying import laid_out
from megler.quoting.rules.writing.wishes import WishAnswer
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.problems import Reason
from tests.quoting.rules.writing.markets import ON, demo


def said(reason: Reason) -> str:
    return reason.code


def answered(wants: dict[str, Any]) -> tuple[WishAnswer, list[dict[str, Any]]]:
    books, guides, market = demo()
    document = {"born": "1979-02-11", "sex": "female", "jurisdiction": "TX", "nicotine": []}
    facts, _ = read_facts({**document, "height_in": 64, "weight_lb": 150, "wants": wants}, ON)
    assert facts is not None
    judged = Assessments(guides, facts.insured, ON)
    asked = Asked(3, facts.wants[0], facts.insured, ON, judged)
    lives = lives_of([(facts.insured, facts.wants[0])], market, ON)
    priced = offers_of_life(market, lives, 0)
    assert priced is not None
    cells = cells_of(market, lives.wishes[0], priced)
    one = WishAnswer(asked, market, laid_out(market), (priced, cells), said)
    for book, refusal in chosen_books(books, ON):
        for product in book.edition.products:
            if facts.wants[0].line in (None, product.line):
                one.add(book, product, refusal)
    return one, decode(b"[" + b",".join(one.offers()) + b"]")


def test_written_offers_and_those_of_the_exact_engine_stand_in_one_order() -> None:
    _, offers = answered({"face_amount": "100000"})
    keys = [(o["currency"], o["yields"], Decimal(o["annualised"])) for o in offers if o["mode"]]
    premiums = [key for key in keys if key[1] == "premium"]
    assert len(premiums) > 10
    assert premiums == sorted(premiums)
    assert {offer["wants"] for offer in offers} == {3}


def test_each_product_of_the_line_is_offered_or_refused() -> None:
    one, offers = answered({"line": "term_life", "face_amount": "500000"})
    books, _, _ = demo()
    sold = {(b.edition.carrier, p.code) for b, _ in chosen_books(books, ON)
            for p in b.edition.products if p.line == "term_life"}  # fmt: skip
    told = {(offer["carrier"], offer["product"]) for offer in offers}
    told |= {(key[1], key[2]) for key, _ in one.refused}
    assert told == sold

"""Facts documents priced together give what each gives alone."""

from megler.quoting.bulk.lives import price_documents
from megler.quoting.bulk.market import know, opened
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.facts import read_facts
from tests.quoting.bulk.market import ON, contents, document, lives


def test_documents_together_are_priced_as_each_alone() -> None:
    know(contents())
    market = opened(tuple(sorted(contents())))
    documents = [document(row) for row in lives(40)]
    documents[7] = {"sex": "neither"}
    documents[8] = {"wants": [{"line": "term_life"}, {"line": "group_term_life"}], "born": "1980"}
    found = price_documents(documents, market, ON)
    alone: list[tuple[object, ...]] = []
    for place, one in enumerate(documents):
        facts, _ = read_facts(one, ON)
        offers = quote(facts, market.books, market.guides, ON).offers if facts else ()
        alone += [(place, o.wants, o.product, o.term_years, o.premium[o.mode]) for o in offers]
    assert len(alone) > 20
    assert found.select("row", "wants", "product", "term_years", "premium").rows() == alone


def test_nothing_to_price_gives_no_offers() -> None:
    know(contents())
    market = opened(tuple(sorted(contents())))
    assert price_documents([], market, ON).height == 0
    assert price_documents([{}], market, ON).height == 0

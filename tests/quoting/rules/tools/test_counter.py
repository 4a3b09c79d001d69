from decimal import Decimal

from megler.quoting.rules.asked import JudgedPeople
from megler.quoting.rules.books import chosen_books
from megler.quoting.rules.quote import quote
from megler.quoting.rules.tools.counter import (
    Counter,
    a_year,
    aged,
    is_alone,
    key_of,
    mode_of,
    paid,
    wish_of,
    wishing,
)
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Mode
from tests.quoting.books import group_book, health_book, term_book
from tests.quoting.rules.tools.market import TERM, counter, facts
from tests.underwriting.guides import KNOWN, ON, guide


def test_one_product_alone_is_priced_as_among_all() -> None:
    among = Counter([term_book(), health_book(), group_book()], {"fjordlife": [guide()]}, ON)
    asked = wishing(facts(), line=None)
    alone = among.offers(asked, [TERM])
    assert alone
    assert alone == tuple(o for o in among.offers(asked) if (o.carrier, o.product) == TERM)


def test_what_no_longer_holds_is_not_sold() -> None:
    old = term_book({"effective_from = 2026-01-01": "effective_from = 2027-01-01"})
    assert list(counter([old]).products()) == []
    assert counter([old]).product(TERM) is None
    assert counter([old]).answer(facts(), [TERM]).offers == ()
    assert [reason for _book, reason in chosen_books([old], ON)] != [None]


def test_another_engine_can_stand_behind_the_counter() -> None:
    asked = []

    def engine(*given: object) -> object:
        asked.append(given)
        return quote(*given)  # type: ignore[arg-type]

    swapped = Counter([term_book()], {"fjordlife": [guide()]}, ON, engine)  # type: ignore[arg-type]
    assert swapped.offers(facts()) == counter().offers(facts())
    assert len(asked) == 1


def test_a_remembering_counter_answers_alike_and_judges_a_person_once() -> None:
    judged = JudgedPeople({"fjordlife": [guide()]}, ON)
    first = quote(facts(), [term_book()], judged.guides, ON, judged)
    assert counter().remembering().answer(facts()) == first == counter().answer(facts())
    person = facts().insured
    assessment = judged.of(person).by(guide(), AgeBasis.NEAREST)
    again = JudgedPeople(judged.guides, ON).of(person).by(guide(), AgeBasis.NEAREST)
    assert judged.of(person).by(guide(), AgeBasis.NEAREST) is assessment
    assert assessment == again


def test_a_remembering_counter_keeps_another_engine() -> None:
    def engine(*given: object) -> object:
        return quote(*given)  # type: ignore[arg-type]

    swapped = Counter([term_book()], {}, ON, engine)  # type: ignore[arg-type]
    assert swapped.remembering() is swapped


def test_an_age_put_in_place_is_the_age_priced_by_every_basis() -> None:
    assert [o.age_used for o in counter().offers(aged(facts(), 46))] == [46]
    assert [o.age_used for o in counter().offers(facts())] == [47]


def test_each_wish_is_asked_by_itself() -> None:
    two = [{"line": "term_life", "people": ["a"]}, {"line": "health", "people": ["a", "b"]}]
    people = [{"id": "a", **KNOWN}, {"id": "b", "role": "spouse", "age": 40}]
    read, _ = read_facts({"people": people, "wants": two}, ON)
    assert read is not None
    assert is_alone(wish_of(read, 0))
    assert not is_alone(wish_of(read, 1))


def test_a_mode_that_is_not_sold_is_spread_over_the_year() -> None:
    (offer,) = counter().offers(facts())
    assert paid(offer, Mode.MONTHLY) == offer.premium[Mode.MONTHLY]
    assert a_year(offer, Mode.MONTHLY) == offer.premium[Mode.MONTHLY] * 12
    assert Mode.WEEKLY not in offer.premium
    assert paid(offer, Mode.WEEKLY) == (offer.annualised / 52).quantize(Decimal("0.01"))
    assert a_year(offer, Mode.WEEKLY) == offer.annualised
    assert key_of(offer) == ("fjordlife", "term", 20, None, 0)
    assert mode_of(facts({"mode": None})) is Mode.MONTHLY

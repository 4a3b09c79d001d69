"""The whole answer of a quote as JSON, written from compiled prices where those suffice.

It reads exactly as `answer.quote_json` of `quote.quote`: what the compiled market does not tell (why
a product is not offered, several lives, riders, incomes) is asked of the exact engine, one product
at a time, and only for the terms and plans concerned.
"""

from collections.abc import Callable, Sequence

from msgspec.json import encode

from megler.quoting.rules.answer import (
    Text,
    problem_json,
)
from megler.quoting.rules.asked import Asked
from megler.quoting.rules.books import Book, chosen_books
from megler.quoting.rules.market.compiling import Market
from megler.quoting.rules.market.lives import lives_of
from megler.quoting.rules.market.pricing import offers_of_life
from megler.quoting.rules.quote import asked_of, once, personal, unasked
from megler.quoting.rules.writing.cells import cells_of
from megler.quoting.rules.writing.laying import laid_out
from megler.quoting.rules.writing.wishes import WishAnswer
from megler.underwriting.rules.assessment import reason_json
from megler.underwriting.rules.facts import Facts
from megler.underwriting.rules.standing import Guides
from megler.vocabulary.problems import Problem


def write_quote(
    facts: Facts,
    books: Sequence[Book],
    guides: Guides,
    market: Market,
    *,
    text: Text,
    problem_text: Callable[[Problem], str],
) -> bytes | None:
    """The answer on the market's day as JSON; None: the exact engine must give all of it.

    `books` and `guides` are those that the market was compiled from.
    """
    on = market.on
    wishes = asked_of(facts, guides, on)
    if not all(_is_plain(asked) for asked in wishes):
        return None
    laid = laid_out(market)
    chosen = chosen_books(books, on)
    offers: list[bytes | memoryview] = []
    refused: list[tuple[tuple[int, str, str, int, str], bytes]] = []
    assumptions, problems = list(personal(wishes)), [*facts.warnings]
    problems += unasked(facts, wishes, [book for book, _ in chosen])
    for asked in wishes:
        lives = lives_of([(asked.person, asked.wants)], market, on)
        priced = offers_of_life(market, lives, 0)
        if priced is None:
            return None
        cells = cells_of(market, lives.wishes[0], priced)
        own = WishAnswer(asked, market, laid, (priced, cells), text)
        for book, refusal in chosen:
            for product in book.edition.products:
                if asked.wants.line in (None, product.line):
                    own.add(book, product, refusal)
        offers += own.offers()
        refused += own.refused
        assumptions += own.assumptions
        problems += own.problems
    head = encode({"on": on.isoformat(), "facts": facts.document})[:-1]
    return b"".join(
        [
            head,
            b',"assumptions":',
            encode(
                [
                    reason_json(reason, text)
                    for reason in once({id(one): one for one in assumptions}.values())
                ]
            ),
            b',"offers":[',
            b",".join(offers),
            b'],"not_offered":[',
            b",".join(one for _, one in sorted(refused, key=lambda one: one[0])),
            b'],"problems":',
            encode([problem_json(one, problem_text) for one in dict.fromkeys(problems)]),
            b"}",
        ]
    )


def _is_plain(asked: Asked) -> bool:
    """Whether the compiled market knows all that a wish asks."""
    wants, amount = asked.wants, asked.wants.face_amount
    return (
        len(asked.everyone) == 1
        and not wants.riders
        and wants.budget is None
        and wants.premium_max is None
        and wants.table is None
        and wants.flat_extra is None
        and (amount is None or int(amount.as_tuple().exponent) == 0)
    )

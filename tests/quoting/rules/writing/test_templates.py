import json
from dataclasses import replace
from decimal import Decimal

import pytest

from megler.carriers.rules.products import Lives, Product, Rider, Yields
from megler.carriers.rules.steps import ShareStep
from megler.quoting.rules.books import Book
from megler.quoting.rules.writing.templates import GIVEN, NoTemplate, Show, template, whole
from megler.vocabulary.codes import Line
from tests.quoting.rules.writing.markets import demo


def term() -> tuple[Book, Product]:
    _, _, market = demo()
    plan = next(plan for plan in market.plans if plan.product.line is Line.TERM_LIFE)
    return plan.book, plan.product


def test_filled_in_it_is_json_with_every_step_of_every_mode() -> None:
    book, product = term()
    made = template(book, product, 20, None)
    given = {0: '{"wants":0,', 1: '"class":"x"', 2: '"mode":"annual","annualised":"',
             3: '","riders":[],"steps":[', 4: "]}"}  # fmt: skip
    text, skip = "", 0
    for piece in made.pieces:
        if skip:
            skip -= 1
        elif isinstance(piece, str):
            text += piece
        elif isinstance(piece, int):
            text += given[piece - GIVEN]
        elif piece[1] is Show.IF_SET:
            skip = piece[2]
        else:
            text += "1.00"
    told = json.loads(text)
    assert set(told["premium"]) == {mode.value for mode in made.paid}
    assert {step["mode"] for step in told["steps"]} == set(told["premium"])
    assert told["product"] == product.code


def test_several_lives_incomes_and_riders_with_a_price_have_none() -> None:
    book, product = term()
    always = Rider("x", "X", product.eligibility, (ShareStep("x", Decimal("0.1")),), included=True)
    for other in (
        replace(product, lives=Lives.EACH),
        replace(product, yields=Yields.INCOME),
        replace(product, riders=(always,)),
        replace(product, defaults={"class": "standard"}),
    ):
        with pytest.raises(NoTemplate):
            template(book, other, 20, None)


def test_a_figure_is_a_whole_number_and_its_scale() -> None:
    assert whole(Decimal("0.0875")) == (875, 4)
    assert whole(Decimal("65")) == (65, 0)
    with pytest.raises(NoTemplate):
        whole(Decimal("1E-12"))

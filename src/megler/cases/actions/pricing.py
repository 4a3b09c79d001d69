"""What the premium of a case would be on other terms, by the rate book in effect."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from megler.applications.rules.prefill_lines import wish_of
from megler.carriers.models import Product
from megler.cases.models import Case
from megler.quoting.actions.answers import answer_to
from megler.vocabulary.problems import Refused


def premium_on(case: Case, product: Product, values: Mapping[str, Any], on: date) -> Decimal | None:
    """The premium of the case's mode with `values` (face_amount, term_years, class) instead.

    By the facts of the quote that led to the case; None without a quote, or where nobody offers it.
    """
    quote = case.application.quote
    if quote is None or not case.mode_applied:
        return None
    wish = dict(wish_of(quote.facts, case.application.offer))
    amount = values.get("face_amount", case.face_amount_applied)
    wish |= {"face_amount": f"{amount:f}", "line": product.line}
    years = values.get("term_years", case.term_years_applied)
    if years:
        wish["term_years"] = years
    code = _class(case, values)
    if code:
        wish["class"] = code
    try:
        answer = json.loads(answer_to({**quote.facts, "wants": wish}, on))
    except Refused:
        return None
    return next(_premiums(answer, case, product, years), None)


def _class(case: Case, values: Mapping[str, Any]) -> str:
    """The class asked for; empty where only its name is known, so that the guide says it."""
    offer = case.application.offer
    wanted = values.get("class", case.class_applied)
    return str(offer.get("class", "")) if wanted in {offer.get("class_name"), ""} else ""


def _premiums(answer: Mapping[str, Any], case: Case, product: Product, years: int | None) -> Any:
    for offer in answer.get("offers", ()):
        same = (offer.get("carrier"), offer.get("product")) == (product.carrier.slug, product.code)
        if not same or (years and offer.get("term_years") not in {None, years}):
            continue
        if told := (offer.get("premium") or {}).get(case.mode_applied):
            yield Decimal(told)

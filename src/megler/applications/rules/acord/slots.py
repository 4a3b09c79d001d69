"""Answers in elements of a trading partner's own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from megler.applications.rules.acord.told import INSURED, OWNER
from megler.exchange.txlife.dialects import Around, Dialect
from megler.exchange.txlife.records import Extension, Party, Request


def with_slots(request: Request, values: Mapping[str, Any], dialect: Dialect) -> Request:
    """The request with the partner's own elements, each in the extension it belongs to."""
    found: dict[Around, tuple[Extension, ...]] = {}
    for key, slot in dialect.slots.items():
        if (value := values.get(key)) is not None and not isinstance(value, dict | list):
            one = Extension(slot.element, str(value), dialect.vendor_code)
            found[slot.around] = (*found.get(slot.around, ()), one)
    if not found:
        return request
    owner_id = OWNER if any(p.id == OWNER for p in request.parties) else INSURED
    around = {INSURED: found.get(Around.INSURED, ())}
    around[owner_id] = (*around.get(owner_id, ()), *found.get(Around.OWNER, ()))

    def more(party: Party) -> Party:
        return replace(party, extensions=(*party.extensions, *around.get(party.id, ())))

    first, *rest = request.holdings
    first = replace(first, extensions=(*first.extensions, *found.get(Around.POLICY, ())))
    return replace(
        request,
        parties=tuple(map(more, request.parties)),
        holdings=(first, *rest),
        extensions=(*request.extensions, *found.get(Around.REQUEST, ())),
    )

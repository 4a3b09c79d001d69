"""Two carriers' term products, for proposals and quote links to compare."""

from datetime import date
from typing import Any

from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.quoting.actions.quotes import save_quote
from megler.quoting.models import Quote
from tests.quoting.books import TERM, term_rate
from tests.quoting.conftest import EDITIONS, Seller

TODAY = date(2026, 6, 1)
HEALTH = {
    "height_in": 64,
    "weight_lb": 157,
    "blood_pressure": {"systolic": 127, "diastolic": 83, "treated": True},
    "cholesterol": {"total": 213, "hdl_ratio": 4.3},
    "nicotine": [],
    "family": [{"relation": "father", "condition": "stroke", "onset_age": 66, "alive": True}],
}
"""What may stand in no proposal."""
FACTS: dict[str, Any] = {
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "TX",
    **HEALTH,
    "wants": {
        "line": "term_life",
        "face_amount": "500000",
        "mode": "monthly",
        "class": "preferred",
    },
}
"""All terms, in a class as asked."""


def fjord_files() -> dict[str, bytes]:
    """The term book of a carrier that does not exist, as an edition's files."""
    classes = ["preferred_plus", "preferred", "standard", "standard_tobacco"]
    rows = ["term_years,age,amount_from,amount_to," + ",".join(classes)]
    for term in (10, 20):
        for age in range(46, 50):
            for band, bounds in enumerate(("100000,249999", "250000,")):
                rates = (term_rate(term, age, band, code) for code in classes)
                shown = ",".join(f"{rate // 100}.{rate % 100:02}" for rate in rates)
                rows.append(f"{term},{age},{bounds},{shown}")
    return {"edition.toml": TERM.encode(), "base.csv": ("\n".join(rows) + "\n").encode()}


def publish_terms() -> None:
    """Tundra Life with its guide, and Fjord Life without one."""
    publish_edition(SYSTEM, fjord_files())
    for name in ("tundra-life/tundra-term", "tundra-life/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / name))


def saved(seller: Seller, **wants: Any) -> Quote:
    """A saved quote of all terms."""
    facts = {**FACTS, "wants": {**FACTS["wants"], **wants}}
    return save_quote(seller.user, facts, TODAY)

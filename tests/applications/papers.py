"""A carrier's form set with marked forms of two pages, and files as agents send them."""

from collections.abc import Mapping
from typing import Any

from megler.carriers.actions import publish_edition
from megler.carriers.models import Edition
from megler.journal.rules.actors import SYSTEM
from tests.documents.sheets import Field, form
from tests.form_sets import HEAD, MAP, QUESTIONNAIRE, package

FJORD = HEAD.replace("tundra-life", "fjord-life").replace("Tundra Life", "Fjord Life")
FIELDS = (
    *(Field(n) for n in ("state", "first", "last", "mail", "born", "ssn", "drug1", "drug2", "npn")),
    Field("med_yes", "tick"),
    Field("med_no", "tick"),
    Field("sign", "signature", page=2),
    Field("agent_sign", "signature", page=2),
)
WHOLE = {
    "state": "TX",
    "first": "Kari",
    "last": "HOPE",
    "mail": "kari@example.com",
    "born": "06/14/1985",
    "ssn": "078-05-1121",
    "npn": "4711",
    "med_no": "Yes",
}
"""What stands in the fields of an application in good order."""


def paper(
    values: Mapping[str, str] = WHOLE, edition: str = "2020-01", number: str = "SM-1"
) -> bytes:
    """The application form filled in."""
    return form(number, edition, 2, FIELDS, values)


def publish(changes: Mapping[str, Any] | None = None) -> Edition:
    """The form set, published."""
    files: dict[str, Any] = {
        "edition.toml": FJORD,
        "questionnaire.toml": QUESTIONNAIRE,
        "pdf/application.pdf": paper({}),
        "maps/application.csv": MAP,
    }
    return publish_edition(SYSTEM, package({**files, **(changes or {})})).edition

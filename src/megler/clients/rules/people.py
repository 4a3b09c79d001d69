"""What is known of a client, and when two records are of the same one."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from megler.vocabulary.codes import JURISDICTIONS, Sex
from megler.vocabulary.problems import Problem

NAME_MAX = 200
"""Characters of a whole name that are kept; of a longer one the end is cut."""


class ClientKind(StrEnum):
    """A person, or a trust or business."""

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a client; empty or None is unknown. `name` is an organisation's."""

    kind: ClientKind = ClientKind.PERSON
    name: str = ""
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    born: date | None = None
    sex: Sex | None = None
    ssn: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    unit: str = ""
    city: str = ""
    zip: str = ""
    jurisdiction: str = ""


def full_name(known: Known) -> str:
    """The name as it is read.

    >>> full_name(Known(first_name="Kari", last_name="Hope"))
    'Kari Hope'
    """
    if known.kind is ClientKind.ORGANISATION:
        return known.name.strip()[:NAME_MAX]
    parts = (known.first_name, known.middle_name, known.last_name)
    return " ".join(part.strip() for part in parts if part.strip())[:NAME_MAX].strip()


def name_key(known: Known) -> str:
    """A name without what people write differently: case, accents, blanks, punctuation, middle names.

    >>> name_key(Known(first_name="José ", last_name="O'Brien"))
    'jose obrien'
    """
    parts: tuple[str, ...] = (known.name,)
    if known.kind is ClientKind.PERSON:
        parts = (known.first_name, known.last_name)
    plain = unicodedata.normalize("NFKD", " ".join(parts))
    bare = re.sub(r"[^\w\s]", "", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(bare.casefold().split())[:NAME_MAX]


def words_of(text: str) -> list[str]:
    """The plain words of a name, or of what somebody looks for.

    >>> words_of("José O'Brien-Hope")
    ['jose', 'obrien', 'hope']
    """
    return name_key(Known(kind=ClientKind.ORGANISATION, name=text.replace("-", " "))).split()


def client_problems(known: Known, on: date) -> Iterable[Problem]:
    """Everything that keeps `known` from being a client's record on the day `on`."""
    if known.kind is ClientKind.ORGANISATION:
        if not known.name.strip():
            yield Problem("client_unnamed", "name")
    else:
        for part in ("first_name", "last_name"):
            if not getattr(known, part).strip():
                yield Problem("client_unnamed", part)
    if known.born and known.born > on:
        yield Problem("client_not_born", "born", known.born.isoformat(), on.isoformat())
    if known.jurisdiction and known.jurisdiction not in JURISDICTIONS:
        yield Problem("client_jurisdiction", "jurisdiction", known.jurisdiction, "TX")

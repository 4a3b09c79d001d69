"""Where answers come from, and what of it somebody had to type."""

from enum import StrEnum


class Origin(StrEnum):
    """Where an answer came from, as it is kept with the answer."""

    QUOTE = "quote"
    CLIENT = "client"
    AGENT = "agent"
    STAFF = "staff"
    TELEPHONE = "telephone"
    UPLOAD = "upload"
    MESSAGE = "message"


TAKEN_OVER = frozenset({Origin.QUOTE, Origin.UPLOAD, Origin.MESSAGE})
"""Origins of which nobody typed a thing here."""

_BY_KIND = {
    "applicant": Origin.CLIENT,
    "agent": Origin.AGENT,
    "assistant": Origin.AGENT,
}


def origin_of(kind: str) -> Origin:
    """The origin of what somebody types, by the `kind` of actor the journal knows them as.

    >>> origin_of("assistant"), origin_of("new_business")
    (<Origin.AGENT: 'agent'>, <Origin.STAFF: 'staff'>)
    """
    return _BY_KIND.get(kind, Origin.STAFF)


def said_of(origin: str, by: str) -> Origin | None:
    """The origin as kept; an answer kept without one was typed by whoever is named, an agent then."""
    if origin in set(Origin):
        return Origin(origin)
    return Origin.AGENT if by else None

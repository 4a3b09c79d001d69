"""What agents and clients ask, want to be told, and are let see."""

from megler.portal.models.asking import ChangeRequest, Question
from megler.portal.models.links import CalendarFeed, ClientLink
from megler.portal.models.telling import Digest

__all__ = ["CalendarFeed", "ChangeRequest", "ClientLink", "Digest", "Question"]

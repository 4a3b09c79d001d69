"""An agency's own rows of the table of states."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.models_exchanges import ReplacementCorrections
from megler.applications.rules.replacement_table import NONE, read_states, standard_table
from megler.journal.actions import record
from megler.vocabulary.problems import Problem, Refused


def correct_table(person: User, text: str, at: datetime | None = None) -> ReplacementCorrections:
    """Take an agency's rows in place of those it gave before; the product's own stay for the rest.

    A table with only its head takes the agency's rows back. Raises `Refused` with everything that
    is wrong by row and column; nothing is kept then. The same text again changes nothing.
    """
    if not person.may(Can.PUBLISH_EDITIONS):
        raise Refused(Problem("not_allowed", "table"))
    rows, problems = read_states(text, frozenset(standard_table().forms) | {NONE})
    if problems:
        raise Refused(problems)
    at = at or timezone.now()
    with transaction.atomic():
        newest = ReplacementCorrections.objects.order_by("-pk").first()
        if newest is not None and newest.text == text:
            return newest
        made = ReplacementCorrections.objects.create(
            text=text, rows=len(rows), given_at=at, given_by=person.name[:200]
        )
        places = ", ".join(sorted({f"{row.state} {row.line}" for row in rows}))
        told = {"rows": len(rows), "places": places[:1000]}
        record(person.actor(), "replacement.corrected", ("replacement_rules", made.pk), told, at)
    return made

"""Whether the carrier's forms have a newer edition than the one an application was started on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from megler.applications.models import Application
from megler.applications.rules.renewing import FormChange, form_changes, stale_forms
from megler.carriers.actions import form_set_id, form_set_of, open_edition
from megler.carriers.models import Edition
from megler.forms.rules.good_order import Missing


@dataclass(frozen=True, slots=True)
class Newer:
    """A later edition of the carrier's forms, by its key, and which forms are others in it."""

    edition_id: UUID
    changes: list[FormChange]

    @property
    def edition(self) -> Edition:
        return Edition.objects.defer("content").select_related("carrier").get(pk=self.edition_id)


def newer_forms(application: Application, on: date) -> Newer | None:
    """The edition in effect on a day, when the application was started on another one."""
    offer = application.offer
    if not application.is_open or not {"carrier", "product", "line"} <= set(offer):
        return None
    found = form_set_id(offer["carrier"], offer["product"], offer["line"], on)
    if found is None or found == application.form_set_id:
        return None
    opened = open_edition(found)
    new = form_set_of(found).questionnaire
    changes = form_changes(application.questionnaire, new, opened.read.effective_from)
    return Newer(found, changes)


def no_longer_accepted(application: Application, on: date) -> list[Missing]:
    """The forms of the packet that a newer edition has ended."""
    newer = newer_forms(application, on)
    if newer is None:
        return []
    return stale_forms(application.questionnaire, application.given, newer.changes, on)

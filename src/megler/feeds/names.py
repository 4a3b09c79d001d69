"""What people call the words of a feed."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from megler.feeds.rules.words import Field, Meaning, RequirementMeaning, Told, Way

Names = dict[str, "str | Promise"]


class Format(models.TextChoices):
    """What a source's files are."""

    SHEET = "sheet", _("Spreadsheet (CSV or Excel)")
    TXLIFE = "txlife", _("ACORD TXLife 1125 or 1203")
    IRI = "iri", _("IRI application status")


class FileState(models.TextChoices):
    """Where a file is."""

    RECEIVED = "received", _("Received")
    NEEDS_LAYOUT = "needs_layout", _("Needs its columns named")
    APPLYING = "applying", _("Being read")
    DONE = "done", _("Read")
    REFUSED = "refused", _("Cannot be read")


class RowState(models.TextChoices):
    """What became of a record."""

    WAITING = "waiting", _("Waiting")
    UNCHANGED = "unchanged", _("Nothing new")
    OLDER = "older", _("Older than what is known")
    CHANGED = "changed", _("Something new")
    UNMATCHED = "unmatched", _("No case found")
    NEW_CASE = "new_case", _("New case")
    SET_ASIDE = "set_aside", _("Set aside")


class ChangeState(models.TextChoices):
    """What became of a difference."""

    PROPOSED = "proposed", _("Proposed")
    APPLIED = "applied", _("Taken over")
    REFUSED = "refused", pgettext_lazy("a proposal", "Refused")
    UNDONE = "undone", _("Undone")
    OVERTAKEN = "overtaken", _("Overtaken by something newer")


FIELD: Names = {
    Field.POLICY_NUMBER: _("Policy number"),
    Field.APPLICATION_ID: _("Carrier's application number"),
    Field.OUR_NUMBER: _("Our case or application number"),
    Field.INSURED: _("Insured's whole name"),
    Field.FIRST_NAME: _("Insured's first name"),
    Field.LAST_NAME: _("Insured's last name"),
    Field.BORN: _("Date of birth"),
    Field.PRODUCT: _("Product"),
    Field.AGENT: _("Agent"),
    Field.STATUS: _("Status"),
    Field.COMMENT: _("Carrier's remarks"),
    Field.SAID_ON: _("Day of the status"),
    Field.CLASS: _("Class approved"),
    Field.FACE_AMOUNT: _("Amount"),
    Field.PREMIUM: _("Premium"),
    Field.MODE: _("How often the premium is paid"),
    Field.ISSUED_ON: _("Day of issue"),
    Field.PAID_ON: _("Day the first premium came in"),
    Field.REQUIREMENT: _("Requirement"),
    Field.REQUIREMENT_STATUS: _("Requirement's status"),
    Field.REQUIREMENT_DETAIL: _("Requirement's detail"),
}
MEANING: Names = {
    Meaning.RECEIVED: _("Received by the carrier"),
    Meaning.IN_UNDERWRITING: _("In underwriting"),
    Meaning.APPROVED: _("Approved as applied"),
    Meaning.OTHER_THAN_APPLIED: _("Approved other than applied"),
    Meaning.COUNTER_OFFER: _("Counter-offer"),
    Meaning.DECLINED: _("Declined"),
    Meaning.POSTPONED: _("Postponed"),
    Meaning.INCOMPLETE: _("Incomplete"),
    Meaning.WITHDRAWN: _("Withdrawn"),
    Meaning.ISSUED: _("Issued"),
    Meaning.IN_FORCE: _("In force"),
    Meaning.NOT_TAKEN: _("Not taken"),
    Meaning.LAPSED: _("Lapsed"),
    Meaning.SURRENDERED: _("Surrendered"),
    Meaning.NOTHING: _("Says nothing to us"),
}
REQUIREMENT_MEANING: Names = {
    RequirementMeaning.OPEN: _("Still to come in"),
    RequirementMeaning.RECEIVED: _("The carrier has it"),
    RequirementMeaning.ACCEPTED: _("Accepted"),
    RequirementMeaning.WAIVED: _("Waived"),
    RequirementMeaning.REJECTED: _("Rejected"),
}
TOLD: Names = {
    Told.STATUS: _("Status"),
    Told.POLICY_NUMBER: _("Policy number"),
    Told.COMMENT: _("Carrier's words"),
    Told.OFFER: _("What is approved"),
    Told.FIRST_PREMIUM: _("First premium"),
    Told.REQUIREMENTS: _("Requirements"),
}
WAY: Names = {
    Way.OVERWRITE: _("Take it over"),
    Way.PROPOSE: _("Propose it to staff"),
    Way.LEAVE: _("Leave it alone"),
}


def choices(names: Names) -> list[tuple[str, "str | Promise"]]:
    """Names as a form's choices."""
    return [(str(getattr(key, "value", key)), name) for key, name in names.items()]

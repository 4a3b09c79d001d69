"""Papers as they arrive, what was read in them, and how long they are kept."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField, EncryptedJSONField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.names import DocumentKind
from megler.documents.models import Document
from megler.papers.rules.retention import Rule


class CameBy(models.TextChoices):
    """By which door a paper came."""

    DROP = "drop", _("Dropped here")
    MAIL = "mail", _("E-mail")
    API = "api", _("Another program")
    SPLIT = "split", _("Cut from a longer scan")


class State(models.TextChoices):
    """What became of an arrival."""

    WAITING = "waiting", _("Waiting")
    FILED = "filed", _("Filed")
    SPLIT = "split", _("Cut into parts")
    SET_ASIDE = "set_aside", _("Set aside")


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    """Arrivals, by who asks."""

    def visible_to(self, person: User) -> "ArrivalQuerySet":
        """The tray is the agency's own: staff who work cases see all, others nothing."""
        works = person.is_staff_member and person.may(Can.WORK_CASES)
        return self.all() if works else self.none()


class Arrival(models.Model):
    """A file in the receipt tray, until somebody says where it belongs. Never deleted.

    `mail` keeps sender and subject of the message that brought it; `to_case` is the case it was
    addressed to. `first_page` and `last_page` say which part of `split_of` it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    came_by = models.CharField(max_length=8, choices=CameBy)
    at = models.DateTimeField(_("came"))
    by_name = models.CharField(max_length=200)
    mail: Any = EncryptedJSONField(null=True)
    to_case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    split_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    first_page = models.PositiveIntegerField(null=True)
    last_page = models.PositiveIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason: Any = EncryptedField(null=True)
    paper = models.ForeignKey(CaseDocument, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[ArrivalQuerySet] = ArrivalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at=None)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="arrival_settled_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(paper__isnull=False), name="arrival_filed_somewhere"
            ),
            models.UniqueConstraint(fields=["split_of", "first_page"], name="arrival_part_once"),
        ]
        indexes = [models.Index(fields=["state", "at"], name="arrival_by_state")]

    def __str__(self) -> str:
        return self.document.name


class MailTaken(models.Model):
    """A message that was taken in, so that the same one sent again brings nothing twice."""

    digest = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField()
    papers = models.PositiveIntegerField()
    answer = models.JSONField(default=dict)


class Reading(models.Model):
    """What was read in a document: its kind, how sure, and (encrypted) reasons, clues and parts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.OneToOneField(Document, models.PROTECT, related_name="reading")
    read_at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=DocumentKind)
    confidence = models.FloatField()
    is_sure = models.BooleanField()
    found: Any = EncryptedJSONField()

    def __str__(self) -> str:
        return f"{self.document}: {self.get_kind_display()}"


class PageWords(models.Model):
    """The words of a page as digests that only this installation can make; none can be read back."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    page = models.PositiveIntegerField()
    words = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "page"], name="page_words_once")]
        indexes = [GinIndex(fields=["words"], name="page_words_found")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.page}"


class CalledNumber(models.Model):
    """A number by which others call a case: a vendor's order, a carrier's ticket.

    Later rooms write it with `actions.numbers.call`; `key` is `rules.clues.number_key` of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=40)
    case = models.ForeignKey(Case, models.CASCADE, related_name="called_numbers")
    requirement = models.ForeignKey(Requirement, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "case"], name="called_number_once")]

    def __str__(self) -> str:
        return self.key


class RetentionRule(models.Model):
    """How many years papers are kept after their case ended. Changed by a new row; old ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    years = models.PositiveSmallIntegerField(_("years"))
    outcome = models.CharField(_("how the case ended"), max_length=12, blank=True)
    kind = models.CharField(_("kind"), max_length=16, blank=True, choices=DocumentKind)
    carrier = models.CharField(_("carrier"), max_length=64, blank=True)
    jurisdiction = models.CharField(_("state"), max_length=2, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "kind", "carrier", "jurisdiction"],
                condition=Q(ended_at=None),
                name="retention_rule_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.years} {self.outcome} {self.kind} {self.carrier} {self.jurisdiction}".strip()

    def to_rule(self) -> Rule:
        """As the rules know it."""
        fields = (self.years, self.outcome, self.kind, self.carrier, self.jurisdiction)
        return Rule(str(self.pk), *fields)


class LegalHold(models.Model):
    """Nothing of a case is destroyed while this stands; without a case, nothing at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="legal_holds")
    why: Any = EncryptedField()
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["case"], condition=Q(lifted_at=None), name="legal_hold_standing")
        ]

    def __str__(self) -> str:
        return str(self.case or _("Everything"))


class Destruction(models.Model):
    """Papers whose time is over: proposed, agreed to by two people, destroyed, certified."""

    class Step(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("One person has agreed")
        APPROVED = "approved", _("Approved; being destroyed")
        DONE = "done", _("Destroyed")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.CharField(max_length=10, choices=Step, default=Step.PROPOSED)
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    certificate = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("agreed_by")),
                name="destruction_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=["approved", "done"])
                | Q(approved_by__isnull=False, agreed_by__isnull=False),
                name="destruction_approved_by_two",
            ),
            models.UniqueConstraint(
                fields=["step"], condition=Q(step="proposed"), name="destruction_proposed_once"
            ),
        ]
        indexes = [models.Index(fields=["-proposed_at"], name="destruction_newest")]

    def __str__(self) -> str:
        return f"{self.proposed_at:%Y-%m-%d}"


class DestroyedPaper(models.Model):
    """A document in a destruction. `places` are its files while they are being removed.

    `kept_because` says why it was kept after all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    destruction = models.ForeignKey(Destruction, models.CASCADE, related_name="papers")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    paper = models.ForeignKey(CaseDocument, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=DocumentKind)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    rule = models.ForeignKey(RetentionRule, models.PROTECT, related_name="+")
    ended_on = models.DateField()
    due_on = models.DateField()
    places = models.JSONField(default=list)
    originals = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True)
    kept_because = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["destruction", "paper"], name="destroyed_paper_once")
        ]
        indexes = [models.Index(fields=["paper"], name="destroyed_paper")]

    def __str__(self) -> str:
        return self.sha256[:12]

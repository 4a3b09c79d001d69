"""Sources of carriers' files, the files, their records, and every difference they brought."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField, EncryptedJSONField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.cases.models import Case
from megler.documents.models import Document
from megler.feeds.names import TOLD, ChangeState, FileState, Format, RowState, choices
from megler.feeds.rules.layouts import Layout
from megler.feeds.rules.records import place_of
from megler.post.models import TradingPartner


class SourceQuerySet(models.QuerySet["FeedSource"]):
    """Sources, by who asks."""

    def visible_to(self, person: User) -> "SourceQuerySet":
        """All, to those who work cases."""
        return self.all() if person.may(Can.WORK_CASES) else self.none()


class FeedSource(models.Model):
    """From where a carrier's word comes, in what form, and what is done with it.

    `ways`: what is done with each thing told. `makes_new_cases`: a record of a case that is not here
    opens one. `folder`: of the partner's SFTP server, from which its files are fetched; why the last
    look did not go well stands in `fetch_trouble`. `words`: what the carrier's own words mean,
    learned: {"statuses", "states", "kinds"}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="feeds")
    partner = models.ForeignKey(TradingPartner, models.PROTECT, null=True, related_name="feeds")
    folder = models.CharField(max_length=300, blank=True)
    fetched_at = models.DateTimeField(null=True)
    fetch_trouble = models.CharField(max_length=40, blank=True)
    format = models.CharField(_("form"), max_length=8, choices=Format, default=Format.SHEET)
    ways = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    makes_new_cases = models.BooleanField(_("opens cases that are not here"), default=False)
    stale_days = models.PositiveSmallIntegerField(_("days until its word is stale"), default=7)
    is_active = models.BooleanField(_("in use"), default=True)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[SourceQuerySet] = SourceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FeedLayout(models.Model):
    """How a source lays out its sheets, as somebody settled it; a new number for each change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(FeedSource, models.CASCADE, related_name="layouts")
    number = models.PositiveSmallIntegerField()
    headings = models.JSONField()
    columns = models.JSONField(help_text="field by the heading's plain form")
    day_order = models.CharField(max_length=12)
    ends = models.BooleanField(default=False)
    settled_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="feed_layout_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"

    def to_rules(self) -> Layout:
        """What the rules know of it, with the source's own words."""
        words = self.source.words
        return Layout(
            headings=tuple(self.headings),
            columns=self.columns,
            statuses=words.get("statuses", {}),
            states=words.get("states", {}),
            kinds=words.get("kinds", {}),
            day_order=self.day_order,
            ends=self.ends,
        )


class FileQuerySet(models.QuerySet["FeedFile"]):
    """Files, by who asks."""

    def visible_to(self, person: User) -> "FileQuerySet":
        """All, to those who work cases."""
        return self.all() if person.may(Can.WORK_CASES) else self.none()


class FeedFile(models.Model):
    """One file as it came. The same content of a source is one file, however often it comes.

    `as_of`: when the carrier said it. `told`: what was not understood and what differs from the
    layout, as problems. `counts`: records by what became of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(FeedSource, models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    name = models.CharField(_("file"), max_length=200)
    state = models.CharField(max_length=12, choices=FileState, default=FileState.RECEIVED)
    as_of = models.DateTimeField(_("as of"), null=True)
    received_at = models.DateTimeField(_("received"))
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    layout = models.ForeignKey(FeedLayout, models.SET_NULL, null=True, related_name="files")
    told = models.JSONField(default=list)
    records = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    by_id = models.CharField(max_length=64)
    by_name = models.CharField(_("by"), max_length=200)

    objects: ClassVar[FileQuerySet] = FileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "digest"], name="feed_file_once")]
        indexes = [
            models.Index(fields=["source", "-received_at"], name="feed_file_of_source"),
            models.Index(
                fields=["received_at"],
                condition=models.Q(state__in=["received", "applying"]),
                name="feed_file_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FeedRow(models.Model):
    """One record of a file. Numbers and names in their plain form; the whole record is encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(FeedFile, models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    policy_key = models.CharField(max_length=40, blank=True)
    application_key = models.CharField(max_length=40, blank=True)
    our_key = models.CharField(max_length=20, blank=True)
    name_key = models.CharField(max_length=200, blank=True)
    born = models.DateField(null=True)
    product_key = models.CharField(max_length=100, blank=True)
    insured = models.CharField(max_length=200, blank=True)
    status_words = models.CharField(max_length=200, blank=True)
    meaning = models.CharField(max_length=24, blank=True)
    digest = models.CharField(max_length=32)
    record: Any = EncryptedField()
    state = models.CharField(max_length=10, choices=RowState, default=RowState.WAITING)
    matched_by = models.CharField(max_length=12, blank=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="feed_rows")
    why = models.JSONField(default=list, help_text="what keeps it, as problems")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "line"], name="feed_row_once")]
        indexes = [
            models.Index(fields=["file", "state", "line"], name="feed_row_of_file"),
            models.Index(
                fields=["id"], condition=models.Q(state="unmatched"), name="feed_row_unmatched"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.line}"

    @property
    def place(self) -> str:
        """Its line as people see it in the file."""
        return place_of(self.line)


class CaseWordQuerySet(models.QuerySet["CaseWord"]):
    """What carriers said last, by who asks."""

    def visible_to(self, person: User) -> "CaseWordQuerySet":
        """Of the cases that the person may see."""
        return self.filter(case__in=Case.objects.visible_to(person))


class CaseWord(models.Model):
    """What a carrier's files said of a case last.

    `said_at`: as of when, `digest` of which record. `heard`: each thing told with its value and the
    time of that: {name: [value, time, requirement]}. `application_key`: the carrier's own number.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="carrier_word")
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+", db_index=False)
    source = models.ForeignKey(FeedSource, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    digest = models.CharField(max_length=32)
    application_key = models.CharField(max_length=40, blank=True)
    status_words = models.CharField(max_length=200, blank=True)
    heard = models.JSONField(default=dict)

    objects: ClassVar[CaseWordQuerySet] = CaseWordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["carrier", "application_key"],
                condition=~models.Q(application_key=""),
                name="case_word_application",
            ),
            models.Index(fields=["said_at", "case"], name="case_word_said"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.said_at:%Y-%m-%d}"


class ChangeQuerySet(models.QuerySet["Change"]):
    """Differences, by who asks."""

    def visible_to(self, person: User) -> "ChangeQuerySet":
        """Of the cases that the person may see."""
        return self.filter(case__in=Case.objects.visible_to(person))

    def proposed(self) -> "ChangeQuerySet":
        """Those that wait for somebody's word."""
        return self.filter(state=ChangeState.PROPOSED)


class Change(models.Model):
    """One difference that a file brought, taken over or proposed, refused or undone.

    `fields` holds what undoing needs: {"before", "after", "raised"}. `words` are the carrier's own.
    `seq` tells which came later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seq = models.BigIntegerField(
        db_default=models.Func(models.Value("feed_change_seq"), function="nextval")
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="feed_changes", db_index=False)
    file = models.ForeignKey(FeedFile, models.PROTECT, related_name="changes", db_index=False)
    row = models.ForeignKey(FeedRow, models.SET_NULL, null=True, related_name="changes")
    told = models.CharField(max_length=16, choices=choices(TOLD))
    heard_as = models.CharField(max_length=120)
    requirement = models.CharField(max_length=36, blank=True, help_text="its id, of one of ours")
    kind = models.CharField(max_length=24, blank=True)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    words: Any = EncryptedField(null=True)
    fields: Any = EncryptedJSONField(null=True)
    why = models.JSONField(default=list, help_text="why it is proposed: a reason's code and params")
    state = models.CharField(max_length=10, choices=ChangeState)
    as_of = models.DateTimeField()
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[ChangeQuerySet] = ChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["case", "-seq"], name="feed_change_of_case"),
            models.Index(fields=["file", "state", "seq"], name="feed_change_of_file"),
            models.Index(
                fields=["seq"], condition=models.Q(state="proposed"), name="feed_change_proposed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.told} {self.before} → {self.after}"


class Happening(models.Model):
    """What happened to many cases at once and is still to be handed on, by its journal entries."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entries = models.JSONField()
    made_at = models.DateTimeField()
    handed_on_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=models.Q(handed_on_at=None),
                name="feed_happening_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{len(self.entries)} entries"

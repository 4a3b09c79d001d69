"""Entries, their seals, and the answers given to writes that carried an idempotency key."""

from django.db import connection, models


class Entry(models.Model):
    """One thing that happened. Written once; the database refuses change and removal."""

    at = models.DateTimeField(help_text="when it happened")
    recorded_at = models.DateTimeField(auto_now_add=True)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200)
    actor_kind = models.CharField(max_length=32)
    address = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=64, help_text="what was done, e.g. requirement.received")
    subject_type = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=64)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="entry_subject"),
            models.Index(fields=["actor_id", "id"], name="entry_actor"),
            models.Index(fields=["verb", "id"], name="entry_verb"),
            models.Index(fields=["at"], name="entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"

    def content(self) -> dict[str, object]:
        """What a seal covers: everything."""
        return {
            "id": self.pk,
            "at": self.at.timestamp(),
            "recorded_at": self.recorded_at.timestamp(),
            "actor": [self.actor_id, self.actor_name, self.actor_kind, self.address],
            "verb": self.verb,
            "subject": [self.subject_type, self.subject_id],
            "data": self.data,
        }


class Seal(models.Model):
    """A link of the hash chain: its number, the entry it covers and its hash."""

    number = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.number} over entry {self.entry_id}"


class Unsealed(models.Model):
    """An entry that waits for its seal, so that sealing never searches the whole journal.

    The database itself puts every new entry here.
    """

    entry = models.OneToOneField(Entry, models.DO_NOTHING, primary_key=True, db_constraint=False)

    def __str__(self) -> str:
        return str(self.pk)


class Answered(models.Model):
    """The answer given to one write: the same key again gets it, and has no second effect."""

    scope = models.CharField(max_length=64, help_text="digest of who asked")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="digest of method, path and body")
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="answered_once")]
        indexes = [models.Index(fields=["at"], name="answered_at")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"

    def claim(self) -> bool:
        """Whether this write is the first with its key; waits for one that is under way."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self._meta.db_table} "  # noqa: S608
                "(scope, key, fingerprint, status, headers, body, at) "
                "VALUES (%s, %s, %s, 0, '{}', '', now()) ON CONFLICT (scope, key) DO NOTHING",
                [self.scope, self.key, self.fingerprint],
            )
            return bool(cursor.rowcount == 1)

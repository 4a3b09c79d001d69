import uuid

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION post_try_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a try of a delivery never changes (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER try_stands BEFORE UPDATE OR DELETE ON post_deliverytry
  FOR EACH ROW EXECUTE FUNCTION post_try_stands();
CREATE TRIGGER try_stands_whole BEFORE TRUNCATE ON post_deliverytry
  FOR EACH STATEMENT EXECUTE FUNCTION post_try_stands();
"""
BACKWARD = """
DROP TRIGGER try_stands_whole ON post_deliverytry;
DROP TRIGGER try_stands ON post_deliverytry;
DROP FUNCTION post_try_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_make_documents"),
        ("post", "0001_open_the_outbox"),
    ]

    operations = [
        migrations.CreateModel(
            name="TradingPartner",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=64, unique=True, verbose_name="short name")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "channel",
                    models.CharField(
                        choices=[("sftp", "SFTP"), ("https", "HTTPS"), ("email", "E-mail")],
                        max_length=5,
                        verbose_name="way",
                    ),
                ),
                ("address", models.CharField(max_length=500, verbose_name="address")),
                ("port", models.PositiveIntegerField(blank=True, null=True, verbose_name="port")),
                ("folder", models.CharField(blank=True, max_length=300, verbose_name="folder")),
                ("user", models.CharField(blank=True, max_length=100, verbose_name="user")),
                ("secret", models.BinaryField(blank=True, default=str)),
                ("private_key", models.BinaryField(blank=True, default=str)),
                ("host_keys", models.TextField(blank=True, verbose_name="the server's key")),
                ("authority", models.TextField(blank=True, verbose_name="certificate authority")),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("multipart", "All files in one form"),
                            ("raw", "Each file in a request of its own"),
                        ],
                        default="multipart",
                        max_length=9,
                        verbose_name="how files travel",
                    ),
                ),
                (
                    "dialect",
                    models.CharField(blank=True, max_length=64, verbose_name="message dialect"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("version", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("subject_type", models.CharField(max_length=32)),
                ("subject_id", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=300)),
                (
                    "url",
                    models.CharField(
                        blank=True, help_text="where its subject is looked at", max_length=200
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "On its way"),
                            ("delivered", "Delivered"),
                            ("refused", "Refused"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                (
                    "attempts_before",
                    models.PositiveIntegerField(
                        default=0, help_text="attempts made before somebody started anew"
                    ),
                ),
                ("next_try_at", models.DateTimeField(null=True)),
                ("sending_until", models.DateTimeField(null=True)),
                (
                    "why",
                    models.CharField(
                        blank=True, help_text="a code, of the last try", max_length=40
                    ),
                ),
                ("receipt", models.BinaryField(default=str)),
                ("created_at", models.DateTimeField(verbose_name="written")),
                ("by_id", models.CharField(max_length=64)),
                ("by_name", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery",
                        to="post.message",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="post.tradingpartner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="post.message",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "position"), name="attachment_position_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="post.delivery",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delivery", "name"), name="delivery_file_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryTry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("began_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("taken", "Delivered"),
                            ("refused", "Refused"),
                            ("later", "To be tried again"),
                            ("lost", "Broke off here"),
                        ],
                        max_length=7,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=40)),
                ("said", models.BinaryField(default=str)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tries",
                        to="post.delivery",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delivery", "number"), name="delivery_try_number_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["-created_at", "-id"], name="delivery_newest"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "-created_at", "-id"], name="delivery_by_state"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["subject_type", "subject_id"], name="delivery_subject"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["next_try_at"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "sending")),
                fields=["sending_until"],
                name="delivery_on_its_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at", None),
                        ("next_try_at__isnull", False),
                        ("sending_until", None),
                        ("state", "waiting"),
                    ),
                    models.Q(
                        ("ended_at", None),
                        ("next_try_at", None),
                        ("sending_until__isnull", False),
                        ("state", "sending"),
                    ),
                    models.Q(
                        models.Q(("state__in", ["waiting", "sending"]), _negated=True),
                        ("ended_at__isnull", False),
                        ("next_try_at", None),
                        ("sending_until", None),
                    ),
                    _connector="OR",
                ),
                name="delivery_state_has_its_time",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

import uuid
from decimal import Decimal

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0001_open_applications"),
        ("carriers", "0002_never_change_editions"),
        ("clients", "0001_keep_clients"),
        ("documents", "0001_make_documents"),
        ("licensing", "0001_take_on_agents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE case_number START WITH 10001",
            reverse_sql="DROP SEQUENCE case_number",
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        db_default=models.Func(models.Value("case_number"), function="nextval"),
                        help_text="from a sequence, never given twice",
                        unique=True,
                    ),
                ),
                ("currency", models.CharField(default="USD", max_length=3)),
                (
                    "edition",
                    models.CharField(
                        blank=True, help_text="the rate book applied under", max_length=200
                    ),
                ),
                (
                    "class_applied",
                    models.CharField(blank=True, max_length=100, verbose_name="class applied for"),
                ),
                (
                    "premium_applied",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="premium applied for",
                    ),
                ),
                (
                    "face_amount_applied",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="amount applied for",
                    ),
                ),
                (
                    "mode_applied",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("annual", "yearly"),
                            ("semiannual", "half-yearly"),
                            ("quarterly", "quarterly"),
                            ("monthly", "monthly"),
                            ("semimonthly", "twice a month"),
                            ("biweekly", "every two weeks"),
                            ("weekly", "weekly"),
                        ],
                        max_length=12,
                    ),
                ),
                ("term_years_applied", models.PositiveSmallIntegerField(null=True)),
                (
                    "class_approved",
                    models.CharField(blank=True, max_length=100, verbose_name="class"),
                ),
                (
                    "premium_approved",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="premium",
                    ),
                ),
                (
                    "face_amount_approved",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="amount",
                    ),
                ),
                (
                    "mode_approved",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("annual", "yearly"),
                            ("semiannual", "half-yearly"),
                            ("quarterly", "quarterly"),
                            ("monthly", "monthly"),
                            ("semimonthly", "twice a month"),
                            ("biweekly", "every two weeks"),
                            ("weekly", "weekly"),
                        ],
                        max_length=12,
                    ),
                ),
                ("term_years_approved", models.PositiveSmallIntegerField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted to the agency"),
                            ("agency_review", "Agency review"),
                            ("returned", "Returned to the agent"),
                            ("sent_to_carrier", "Sent to the carrier"),
                            ("received_by_carrier", "Received by the carrier"),
                            ("in_underwriting", "In underwriting"),
                            ("decided", "Decided"),
                            ("issued", "Issued"),
                            ("delivered", "Delivered"),
                            ("in_force", "In force"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approved", "Approved as applied"),
                            ("other_than_applied", "Approved other than applied"),
                            ("counter_offer", "Counter-offer"),
                            ("counter_offer_accepted", "Counter-offer accepted"),
                            ("counter_offer_refused", "Counter-offer refused"),
                            ("declined", "Declined"),
                            ("postponed", "Postponed"),
                            ("incomplete", "Incomplete"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=24,
                        verbose_name="decision",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("placed", "Placed"),
                            ("not_taken", "Not taken"),
                            ("free_look_return", "Returned in the free look"),
                            ("lapsed", "Lapsed"),
                            ("surrendered", "Surrendered"),
                            ("converted", "Converted"),
                            ("replaced", "Replaced"),
                            ("claim", "Claim"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("carrier_words", models.BinaryField(null=True)),
                ("carrier_said_at", models.DateTimeField(null=True)),
                (
                    "carrier_channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("portal", "Carrier's portal"),
                            ("email", "E-mail"),
                            ("phone", "Telephone"),
                            ("letter", "Letter"),
                            ("feed", "Electronic feed"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "policy_number",
                    models.CharField(blank=True, max_length=40, verbose_name="policy number"),
                ),
                (
                    "holder",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agent", "The agent"),
                            ("client", "The client"),
                            ("agency", "The agency"),
                            ("carrier", "The carrier"),
                            ("vendor", "The vendor"),
                        ],
                        max_length=8,
                        verbose_name="has it now",
                    ),
                ),
                ("holder_since", models.DateTimeField()),
                (
                    "next_step",
                    models.CharField(
                        choices=[
                            ("review", "The agency checks that the application is in good order."),
                            (
                                "confirm_good_order",
                                "The agency confirms good order, or returns the application.",
                            ),
                            ("send", "The agency sends the application to the carrier."),
                            (
                                "correct",
                                "The agent answers what the agency asked, and submits again.",
                            ),
                            (
                                "carrier_receives",
                                "The carrier confirms that it has received the application.",
                            ),
                            ("bring_requirements", "Open requirements are brought in."),
                            ("carrier_decides", "The carrier's underwriter decides."),
                            (
                                "answer_offer",
                                "The client accepts or refuses the carrier's counter-offer.",
                            ),
                            ("carrier_issues", "The carrier issues the policy."),
                            ("deliver", "The agent delivers the policy to the client."),
                            (
                                "bring_delivery_requirements",
                                "Delivery papers are signed and sent in.",
                            ),
                            ("pay_premium", "The client pays the first premium."),
                            ("place", "The agency puts the policy in force."),
                            ("close", "The agency closes the case."),
                            ("nothing", "Nothing more needs to be done."),
                        ],
                        max_length=32,
                    ),
                ),
                ("returned_because", models.BinaryField(null=True)),
                ("closed_from", models.CharField(blank=True, max_length=20)),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                ("status_since", models.DateTimeField()),
                ("good_order_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("issued_at", models.DateTimeField(null=True)),
                ("delivered_on", models.DateField(null=True)),
                ("first_premium_on", models.DateField(null=True)),
                ("in_force_on", models.DateField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("words", models.CharField(help_text="what it is found by", max_length=500)),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="licensing.agent",
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case",
                        to="applications.application",
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="carriers.carrier",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="clients.client",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="carriers.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseDocument",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("application", "Signed application"),
                            ("result", "Requirement result"),
                            ("carrier_letter", "Carrier's letter"),
                            ("policy", "Policy"),
                            ("illustration", "Illustration"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "visible_to_agent",
                    models.BooleanField(default=True, verbose_name="the agent may see it"),
                ),
                ("added_at", models.DateTimeField(verbose_name="added")),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="cases.case",
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
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.BinaryField()),
                (
                    "for_agent",
                    models.BooleanField(default=False, verbose_name="the agent may read it"),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="cases.case",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paramedical_exam", "Paramedical exam"),
                            ("blood_profile", "Blood profile"),
                            ("urine", "Urine specimen"),
                            ("ecg", "ECG"),
                            ("treadmill", "Treadmill test"),
                            ("md_exam", "Doctor's exam"),
                            ("aps", "Attending physician statement"),
                            ("telephone_interview", "Telephone interview"),
                            ("inspection_report", "Inspection report"),
                            ("mvr", "Motor vehicle report"),
                            ("prescription_history", "Prescription history"),
                            ("mib", "MIB check"),
                            ("financial_statements", "Financial statements"),
                            ("cognitive_test", "Cognitive test"),
                            ("hipaa_authorisation", "HIPAA authorisation"),
                            ("replacement_form", "Replacement form"),
                            ("illustration", "Illustration"),
                            ("trust_papers", "Trust or business papers"),
                            ("delivery_receipt", "Delivery receipt"),
                            ("policy_acceptance", "Policy acceptance"),
                            ("amendment", "Amendment"),
                            ("good_health_statement", "Good-health statement"),
                            ("initial_premium", "First premium"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("underwriting", "Underwriting"), ("delivery", "Delivery")],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("needed", "Needed"),
                            ("ordered", "Ordered"),
                            ("scheduled", "Scheduled"),
                            ("received", "Received"),
                            ("sent_to_carrier", "Sent to the carrier"),
                            ("accepted", "Accepted"),
                            ("waived", "Waived"),
                            ("cancelled", "Cancelled"),
                            ("rejected", "Rejected"),
                            ("expired", "Expired"),
                        ],
                        default="needed",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("detail", models.BinaryField(null=True)),
                ("raised_by", models.JSONField()),
                ("raised_at", models.DateTimeField()),
                (
                    "holder",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agent", "The agent"),
                            ("client", "The client"),
                            ("agency", "The agency"),
                            ("carrier", "The carrier"),
                            ("vendor", "The vendor"),
                        ],
                        max_length=8,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("follow_up_on", models.DateField(null=True)),
                (
                    "vendor",
                    models.CharField(blank=True, max_length=100, verbose_name="ordered from"),
                ),
                ("scheduled_for", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("reason", models.BinaryField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="cases.case",
                    ),
                ),
                (
                    "documents",
                    models.ManyToManyField(related_name="requirements", to="cases.casedocument"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["status", "-number"], name="case_by_status"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["agent", "-number"], name="case_by_agent"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["carrier", "-number"], name="case_by_carrier"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["holder", "holder_since", "number"], name="case_by_holder"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("words", config="simple"),
                name="case_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("status", "closed")),
                    models.Q(models.Q(("status", "closed"), _negated=True), ("closed_at", None)),
                    _connector="OR",
                ),
                name="case_closed_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["issued", "delivered", "in_force"]), _negated=True),
                    models.Q(("policy_number", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_issued_has_policy_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["in_force", "closed"]),
                    models.Q(("holder", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_open_is_with_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedocument",
            constraint=models.UniqueConstraint(
                fields=("case", "document"), name="case_document_once"
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["case", "-written_at"], name="note_of_case"),
        ),
        migrations.AddIndex(
            model_name="requirement",
            index=models.Index(fields=["case", "raised_at"], name="requirement_of_case"),
        ),
        migrations.AddIndex(
            model_name="requirement",
            index=models.Index(
                condition=models.Q(("follow_up_on__isnull", False)),
                fields=["follow_up_on"],
                name="requirement_follow_up",
            ),
        ),
        migrations.AddIndex(
            model_name="requirement",
            index=models.Index(
                condition=models.Q(("state__in", ["received", "sent_to_carrier"])),
                fields=["expires_on"],
                name="requirement_expiry",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("holder", ""), ("state__in", ["accepted", "cancelled", "waived"])),
                    models.Q(
                        models.Q(("state__in", ["accepted", "cancelled", "waived"]), _negated=True),
                        models.Q(("holder", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="requirement_open_is_with_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waived"), _negated=True),
                    ("reason__isnull", False),
                    _connector="OR",
                ),
                name="requirement_waived_has_reason",
            ),
        ),
    ]

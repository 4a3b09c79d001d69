from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0007_keep_tickets"),
    ]

    operations = [
        migrations.AddField(
            model_name="filllink",
            name="code_digest",
            field=models.CharField(blank=True, help_text="of the code last sent", max_length=64),
        ),
        migrations.AddField(
            model_name="filllink",
            name="code_sent_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="filllink",
            name="code_tries",
            field=models.PositiveSmallIntegerField(default=0, help_text="wrong ones at this code"),
        ),
        migrations.AddField(
            model_name="filllink",
            name="codes_sent",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0002_keep_how_somebody_signed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signaturerequest",
            name="role",
            field=models.CharField(
                choices=[
                    ("insured", "Proposed insured"),
                    ("owner", "Owner"),
                    ("payor", "Payor"),
                    ("agent", "Agent"),
                ],
                max_length=8,
            ),
        ),
    ]

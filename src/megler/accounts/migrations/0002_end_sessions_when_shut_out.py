from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="shut_out",
            field=models.PositiveIntegerField(
                default=0, help_text="how often the way in was closed"
            ),
        ),
    ]

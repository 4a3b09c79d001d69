from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0001_put_up_tasks")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="told",
            field=models.JSONField(
                default=dict, help_text="what the title says, when the product wrote it"
            ),
        )
    ]

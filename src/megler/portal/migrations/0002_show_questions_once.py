"""Questions and answers that stand already are shown in their own place, too."""

from typing import Any

from django.db import migrations


def give_place(apps: Any, schema_editor: Any) -> None:
    notes = apps.get_model("cases", "Note").objects
    questions = apps.get_model("portal", "Question").objects
    notes.filter(pk__in=questions.values("note")).update(has_own_place=True)
    answered = questions.exclude(answer=None)
    notes.filter(pk__in=answered.values("answer")).update(has_own_place=True)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_open_the_portal"),
        ("cases", "0014_give_conversations_their_place"),
    ]

    operations = [migrations.RunPython(give_place, migrations.RunPython.noop)]

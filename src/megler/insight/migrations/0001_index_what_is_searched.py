"""Indexes for the search and for what was placed; they belong to nobody's model but to these pages."""

from django.db import migrations

WORDS = {
    "insight_client_words": ("clients_client", "name", "name_key"),
    "insight_agent_words": ("licensing_agent", "name"),
    "insight_application_words": ("applications_application", "insured_name"),
    "insight_message_words": ("post_message", "subject"),
}


def words_index(name: str, table: str, *columns: str) -> migrations.RunSQL:
    words = " || ' ' || ".join(f"COALESCE({column}, '')" for column in columns)
    return migrations.RunSQL(
        f"CREATE INDEX {name} ON {table} USING gin (to_tsvector('simple'::regconfig, {words}))",
        f"DROP INDEX {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        (room, "__first__") for room in ("applications", "cases", "clients", "licensing", "post")
    ]

    operations = [
        *(words_index(name, *where) for name, where in WORDS.items()),
        migrations.RunSQL(
            "CREATE INDEX insight_case_placed ON cases_case (in_force_on, agent_id) "
            "WHERE in_force_on IS NOT NULL",
            "DROP INDEX insight_case_placed",
        ),
        migrations.RunSQL(
            "CREATE INDEX insight_requirement_arrived ON cases_requirement (since, id) "
            "WHERE state = 'received'",
            "DROP INDEX insight_requirement_arrived",
        ),
    ]

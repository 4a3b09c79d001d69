from django.db import migrations

QUEUE = """
CREATE FUNCTION journal_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal_unsealed (entry_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER journal_entry_queue AFTER INSERT ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_queue();
"""

UNQUEUE = """
DROP TRIGGER journal_entry_queue ON journal_entry;
DROP FUNCTION journal_queue();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]

    operations = [migrations.RunSQL(QUEUE, UNQUEUE)]

from django.db import migrations

GUARD = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER journal_entry_rows BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_entry_whole BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_seal_rows BEFORE UPDATE OR DELETE ON journal_seal
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_seal_whole BEFORE TRUNCATE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""

UNGUARD = """
DROP TRIGGER journal_entry_rows ON journal_entry;
DROP TRIGGER journal_entry_whole ON journal_entry;
DROP TRIGGER journal_seal_rows ON journal_seal;
DROP TRIGGER journal_seal_whole ON journal_seal;
DROP FUNCTION journal_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]

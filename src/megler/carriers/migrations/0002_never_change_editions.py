"""A published edition is refused every change by the database itself."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION carriers_edition_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published edition never changes (% refused)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER edition_stands BEFORE UPDATE OR DELETE ON carriers_edition
  FOR EACH ROW EXECUTE FUNCTION carriers_edition_stands();
CREATE TRIGGER edition_stands_whole BEFORE TRUNCATE ON carriers_edition
  FOR EACH STATEMENT EXECUTE FUNCTION carriers_edition_stands();
"""
BACKWARD = """
DROP TRIGGER edition_stands_whole ON carriers_edition;
DROP TRIGGER edition_stands ON carriers_edition;
DROP FUNCTION carriers_edition_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("carriers", "0001_open_carriers")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

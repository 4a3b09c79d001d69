# ruff: noqa: S608 - the names of our own tables and columns
"""An agency made many times as large: every row that belongs to its business, copied in SQL.

Each copy has ids, numbers and names of its own and points at its own copies; carriers, products,
staff, editions and documents stay one. What is encrypted is bound to its row: what pages open is
encrypted anew for each copy, the rest (answers, facts) is left empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from megler.accounts.encryption import EncryptedField, encrypt
from megler.accounts.rules.roles import SELLERS

ROOMS = frozenset(
    {
        "cases", "clients", "enquiries", "events", "feeds", "orders", "papers",
        "portal", "routines", "work",
    }
)  # fmt: skip
BESIDES = frozenset(
    {
        "accounts.User", "applications.Application", "journal.Entry", "licensing.Agent",
        "licensing.Assistant",
    }
)  # fmt: skip
ONE_FOR_ALL = frozenset(
    {
        "cases.FreeLookRule", "cases.RequirementRule", "cases.RequirementSet",
        "cases.RequirementSetLine", "events.Subscription", "feeds.FeedLayout", "feeds.FeedSource",
        "feeds.Happening", "orders.AuthorisationTerm", "orders.Facility", "orders.FeeLimit",
        "orders.Vendor", "orders.VendorAccount", "papers.CalledNumber", "papers.RetentionRule",
        "routines.Preview", "routines.Promised", "routines.Routine", "routines.RoutineVersion",
        "work.Absence", "work.AssignmentRule", "work.ClosedDay", "work.KeptFigure",
        "work.Membership", "work.Office", "work.Team",
    }
)  # fmt: skip
"""Rows of the agency as such, of which a larger one has no more."""

OPENED = frozenset(
    {
        "cases.Beneficiary", "cases.Case", "cases.CaseAlert", "cases.CaseChange",
        "cases.IssuedPolicy", "cases.Note", "cases.PolicyDifference", "cases.Requirement",
        "orders.Order", "portal.ChangeRequest", "portal.ClientLink",
    }
)  # fmt: skip
"""Models whose encrypted fields pages open."""

REQUIREMENTS_A_CASE = 6
AT_A_TIME = 50
_UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
_FIRST = (
    "Ada Bo Carl Dina Ella Finn Greta Hans Ida Jon Kari Lars Mia Nils Olga Per Rut Siri Tor Una"
)
_SYLLABLES = "ban der fos gar hol kam lin mor nes per rud sen tor val wik"


@dataclass(frozen=True)
class Copying:
    """One table, the columns that a copy gets, and an expression for each."""

    model: type[models.Model]
    columns: tuple[str, ...]
    values: tuple[str, ...]
    joined: str = ""
    where: str = ""

    def sql(self) -> str:
        """The statement, for copies %(first)s to %(last)s."""
        return (
            f"INSERT INTO {_table(self.model)} ({', '.join(self.columns)}) "
            f"SELECT {', '.join(self.values)} FROM {_table(self.model)}_seed AS was "
            f"CROSS JOIN generate_series(%(first)s::int, %(last)s::int) AS k {self.joined} {self.where}"
        )


def grow(copies: int) -> Iterator[str]:
    """Add so many copies of the whole business to what is there; tells what is done.

    Triggers and foreign keys sleep meanwhile; statistics are taken at the end.
    """
    copyings = [_copying(model) for model in _copied()]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET synchronous_commit = off")
        for one in copyings:
            table = _table(one.model)
            cursor.execute(f"CREATE TEMP TABLE {table}_seed AS SELECT * FROM {table}")
        _prepare(cursor)
        _require_more(cursor)
        indexes = _without_indexes(cursor, [_table(one.model) for one in copyings])
        for one in copyings:
            for first in range(1, copies + 1, AT_A_TIME):
                last = min(first + AT_A_TIME - 1, copies)
                if one.joined:
                    _seal(cursor, one.model, first, last)
                cursor.execute(one.sql(), {"first": first, "last": last})
            yield f"{one.model._meta.label}: {copies} copies"
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for index in indexes:
            cursor.execute(index)
        yield f"{len(indexes)} indexes made"
        cursor.execute("VACUUM ANALYZE")
        yield "statistics taken"


def _table(model: type[models.Model]) -> str:
    return str(model._meta.db_table)


def _copied() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if _is_copied(model)]


def _is_copied(model: type[models.Model]) -> bool:
    label = model._meta.label
    if label in ONE_FOR_ALL or not model._meta.managed:
        return False
    owner = label.partition("_")[0] if model._meta.auto_created else label
    is_of_cases = model._meta.app_label in ROOMS or label in BESIDES or owner in BESIDES
    return is_of_cases and not any(
        field.unique
        and isinstance(field.related_model, type)
        and not _is_copied(field.related_model)
        for field in model._meta.concrete_fields
    )


def _copying(model: type[models.Model]) -> Copying:
    """How a table is copied."""
    columns, values = [], []
    for field in model._meta.concrete_fields:
        columns.append(f'"{field.column}"')
        values.append(_value(model, field))
    joined = where = ""
    if model._meta.label in OPENED:
        joined = "LEFT JOIN sealed ON sealed.id = was.id AND sealed.copy = k"
    if model._meta.label == "accounts.User":
        roles = ", ".join(f"'{role}'" for role in sorted(SELLERS))
        where = f"WHERE was.role IN ({roles})"
    if model._meta.label == "journal.Entry":
        where = "WHERE was.subject_type = 'case'"
    return Copying(model, tuple(columns), tuple(values), joined, where)


def _value(model: type[models.Model], field: "models.Field[Any, Any]") -> str:
    """The expression for one column of a copy."""
    column = f'was."{field.column}"'
    if named := _named(model, str(field.column)):
        return named
    if isinstance(field, EncryptedField):
        return _secret(model, field)
    if isinstance(field.related_model, type):
        return _reference(field.related_model, column)
    if field.primary_key:
        return _key(model, column)
    is_unique = field.unique or _is_unique_with_others(model, field)
    own = _unlike(field, column) if is_unique else column
    if isinstance(field, models.CharField) and column.endswith('_id"'):
        return f"CASE WHEN {column} ~ '{_UUID}' THEN {_other(column)}::text ELSE {own} END"
    return own


def _secret(model: type[models.Model], field: EncryptedField) -> str:
    if model._meta.label in OPENED:
        return f'sealed."{field.column}"'
    return "NULL" if field.null else "''::bytea"


def _reference(related: type[models.Model], column: str) -> str:
    """A copy points at copies, and at staff and what is one for all as they are."""
    if related._meta.label == "accounts.User":
        seller = f"{column} IN (SELECT id FROM accounts_user_sellers)"
        return f"CASE WHEN {seller} THEN {_other(column)} ELSE {column} END"
    return _key(related, column) if _is_copied(related) else column


def _is_unique_with_others(model: type[models.Model], field: "models.Field[Any, Any]") -> bool:
    """A column of a unique constraint of which no other column tells the copies apart."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            others = [model._meta.get_field(name) for name in constraint.fields]
            return not any(
                isinstance(other.related_model, type) and _is_copied(other.related_model)
                for other in others
            )
    return False


def _key(model: type[models.Model], column: str) -> str:
    """The copy's key, of which `column` is the original's."""
    of_numbers = isinstance(model._meta.pk, models.IntegerField)
    return f"{column} + k * 1000000" if of_numbers else _other(column)


def _other(column: str) -> str:
    """The id of the copy of what has this id."""
    return f"md5({column}::text || '-' || k)::uuid"


def _unlike(field: "models.Field[Any, Any]", column: str) -> str:
    if isinstance(field, models.IntegerField):
        return f"{column} + k * 1000000"
    if isinstance(field, models.UUIDField):
        return _other(column)
    if isinstance(field, models.CharField):
        return f"CASE WHEN {column} = '' THEN '' ELSE left(md5({column} || k) || {column}, {field.max_length}) END"
    if isinstance(field, models.TextField):
        return f"md5({column} || k) || {column}"
    return column


def _prepare(cursor: CursorWrapper) -> None:
    """Who sells, and names made from ids: a few thousand last ones, the common ones often."""
    roles = ", ".join(f"'{role}'" for role in sorted(SELLERS))
    cursor.execute(
        f"CREATE TEMP TABLE accounts_user_sellers AS SELECT id FROM accounts_user "
        f"WHERE role IN ({roles})"
    )
    firsts, syllables = _array(_FIRST), _array(_SYLLABLES)
    cursor.execute(
        f"""
        CREATE OR REPLACE FUNCTION bench_hash(of uuid, salt int) RETURNS float
          LANGUAGE sql IMMUTABLE AS
          $$SELECT (hashtextextended(of::text, salt) & 1048575) / 1048576.0$$;
        CREATE OR REPLACE FUNCTION bench_first(of uuid) RETURNS text LANGUAGE sql IMMUTABLE AS
          $$SELECT ({firsts})[1 + floor(20 * bench_hash(of, 1))::int]
            || ({syllables})[1 + floor(15 * bench_hash(of, 2))::int]$$;
        CREATE OR REPLACE FUNCTION bench_last(of uuid) RETURNS text LANGUAGE sql IMMUTABLE AS
          $$SELECT initcap(({syllables})[1 + n / 225] || ({syllables})[1 + n / 15 % 15]
            || ({syllables})[1 + n % 15])
            FROM (SELECT floor(3375 * bench_hash(of, 3) ^ 2)::int AS n) AS one$$
        """
    )


def _seal(cursor: CursorWrapper, model: type[models.Model], first: int, last: int) -> None:
    """What pages open, encrypted for the rows of these copies."""
    fields = [f for f in model._meta.concrete_fields if isinstance(f, EncryptedField)]
    columns = ", ".join(f'"{field.column}" bytea' for field in fields)
    cursor.execute("DROP TABLE IF EXISTS sealed")
    cursor.execute(
        f"CREATE TEMP TABLE sealed (id uuid, copy int, {columns}, PRIMARY KEY (id, copy))"
    )
    table = _table(model)
    filled = " OR ".join(f'"{field.column}" IS NOT NULL' for field in fields)
    rows = list(model._default_manager.raw(f"SELECT * FROM {table}_seed WHERE {filled}"))
    with cursor.copy("COPY sealed FROM STDIN") as copy:
        for row in rows:
            texts = [getattr(row, field.attname) for field in fields]
            for k in range(first, last + 1):
                key = UUID(bytes=md5(f"{row.pk}-{k}".encode(), usedforsecurity=False).digest())
                places = [f"{table}|{field.column}|{key}" for field in fields]
                sealed = [
                    None if text is None else encrypt(field.closed(text), place)
                    for field, text, place in zip(fields, texts, places, strict=True)
                ]
                copy.write_row([row.pk, k, *sealed])


def _array(words: str) -> str:
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words.split()) + "]"


def _without_indexes(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    """Take away the tables' indexes but those of constraints; returns what makes them again."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND NOT EXISTS "
        "(SELECT 1 FROM pg_constraint WHERE conname = indexname)",
        [tables],
    )
    found = cursor.fetchall()
    for name, _made in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [made for _name, made in found]


def _require_more(cursor: CursorWrapper) -> None:
    """More settled requirements for each case, until a copied case has so many on average."""
    cursor.execute(
        """
        INSERT INTO cases_requirement_seed SELECT (jsonb_populate_record(was, jsonb_build_object(
          'id', md5(was.id::text || 'more' || n)::uuid))).*
        FROM cases_requirement_seed was CROSS JOIN generate_series(1, 9) AS n
        WHERE was.state IN ('accepted', 'cancelled') AND was.detail IS NULL AND was.reason IS NULL
        ORDER BY n, was.id
        LIMIT (SELECT count(*) FROM cases_case_seed) * %s
          - (SELECT count(*) FROM cases_requirement_seed)
        """,
        [REQUIREMENTS_A_CASE],
    )


def _named(model: type[models.Model], column: str) -> str | None:
    """The expression for a column that names somebody."""
    client = _other('was."client_id"' if model._meta.label == "cases.Case" else 'was."id"')
    first, last = f"bench_first({client})", f"bench_last({client})"
    if model._meta.label == "clients.Client":
        return {
            "name": f"{first} || ' ' || {last}",
            "name_key": f"lower({first} || ' ' || {last})",
            "first_name": first,
            "last_name": last,
            "street": "was.street || ' ' || k",
        }.get(column)
    if model._meta.label == "cases.Case":
        number, policy = "(was.number + k * 1000000)", "was.policy_number"
        return {
            "words": f"{number} || ' ' || lower({first} || ' ' || {last}) || "
            f"CASE WHEN {policy} = '' THEN '' ELSE ' ' || k || lower(replace({policy}, '-', ' ')) END",
            "policy_number": f"CASE WHEN {policy} = '' THEN '' ELSE k || {policy} END",
            "also_named": "''",
        }.get(column)
    return None

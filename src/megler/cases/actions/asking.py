"""Keeping the agency's own rules of asking, its sets of requirements and its free-look days."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import FreeLookRule, RequirementRule, RequirementSet, RequirementSetLine
from megler.journal.actions import record
from megler.vocabulary.problems import Problem, Refused

Rule = RequirementRule | FreeLookRule


def _may(person: User) -> None:
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", "rules"))


def keep_rule(person: User, rule: Rule) -> Rule:
    """Keep a rule; it holds for whatever is asked or delivered from now on."""
    _may(person)
    with transaction.atomic():
        rule.save()
        told = {"rule": str(rule), "id": str(rule.pk)}
        record(person.actor(), "rule.kept", ("rule", rule.pk), told)
    return rule


def drop_rule(person: User, rule: Rule) -> None:
    """Take a rule away; what was asked by it stays as it was."""
    _may(person)
    with transaction.atomic():
        record(person.actor(), "rule.dropped", ("rule", rule.pk), {"rule": str(rule)})
        rule.delete()


def keep_set(
    person: User, made: RequirementSet, lines: Sequence[Mapping[str, Any]]
) -> RequirementSet:
    """Keep a set with its lines (kind, detail, of_each). Raises `Refused` for an empty one."""
    _may(person)
    unique = {(line["kind"], line["detail"]): line for line in lines}
    if not unique or not made.name.strip():
        raise Refused(Problem("set_empty", "name"))
    with transaction.atomic():
        made.version += 0 if made._state.adding else 1
        made.save()
        made.lines.all().delete()
        RequirementSetLine.objects.bulk_create(
            RequirementSetLine(requirement_set=made, position=place, **line)
            for place, line in enumerate(unique.values(), 1)
        )
        told = {"name": made.name, "requirements": ",".join(key[0] for key in unique)}
        record(person.actor(), "requirement_set.kept", ("requirement_set", made.pk), told)
    return made

"""Checking an edition whole: the one entry that publishing, the command and tests use."""

from collections.abc import Mapping

from megler.carriers.rules.blanks import without_echoes
from megler.carriers.rules.building import Built, build
from megler.carriers.rules.checking.class_rules import class_rule_problems, nicotine_problems
from megler.carriers.rules.checking.corrections import correction_problems
from megler.carriers.rules.checking.criteria import criteria_problems
from megler.carriers.rules.checking.evidence import evidence_problems
from megler.carriers.rules.checking.firing import condition_problems
from megler.carriers.rules.checking.form_sets import form_set_problems
from megler.carriers.rules.checking.impairments import impairment_problems, question_problems
from megler.carriers.rules.checking.modes import mode_problems
from megler.carriers.rules.checking.places import place_problems
from megler.carriers.rules.checking.products import product_problems
from megler.carriers.rules.checking.ratings import rating_problems
from megler.carriers.rules.checking.requirements import requirement_problems
from megler.carriers.rules.checking.trends import trend_problems
from megler.carriers.rules.checking.unread import without_unread
from megler.carriers.rules.checking.weights import weight_problems
from megler.carriers.rules.edition import Edition
from megler.carriers.rules.keeping import Kept
from megler.carriers.rules.place import split_place
from megler.carriers.rules.reading.editions import HEAD, read_with_files
from megler.carriers.rules.reading.parts import GuideFiles
from megler.carriers.rules.sheets import capped
from megler.carriers.rules.tables import Table
from megler.vocabulary.problems import Problem, errors


def check_edition(
    files: Mapping[str, bytes],
) -> tuple[Edition | None, dict[str, Table], list[Problem]]:
    """The edition in the files, its tables by name, and everything wrong with it.

    With any error the edition is None and the tables are empty: such an edition is not to be used.
    Warnings leave it usable. Whatever the bytes, this answers and does not raise.
    """
    edition, used, parts, problems = read_with_files(files)
    problems += _file_problems(files, used, edition is not None)
    if edition is None:
        return None, {}, problems
    built: dict[str, Built] = {}
    for spec in edition.tables:
        if spec.file in files and spec.dimensions:
            made, faults = build(spec, files[spec.file])
            problems += faults
            if made and not errors(faults):
                built[spec.name] = made
                problems += _figure_problems(made)
    problems += product_problems(edition, {name: b.table for name, b in built.items()}, problems)
    problems += place_problems(edition, built)
    problems = _with_guide(edition, parts, problems)
    if edition.form_set and not errors(problems):
        problems += form_set_problems(edition.form_set)
    problems += correction_problems(edition, files)
    if errors(problems):
        return None, {}, problems
    return edition, {name: b.table for name, b in built.items()}, problems


def open_checked(
    files: Mapping[str, bytes],
) -> tuple[Edition | None, dict[str, Table], list[Problem]]:
    """An edition that passed the check once, read for use: a later, stricter check is no matter.

    None with the errors when it cannot be read whole.
    """
    edition, _, _, problems = read_with_files(files)
    tables = {}
    for spec in edition.tables if edition else ():
        made, faults = build(spec, files.get(spec.file, b""))
        if made:
            tables[spec.name] = made.table
        else:
            problems += faults
    return (None, {}, problems) if errors(problems) else (edition, tables, problems)


def open_kept(kept: Kept) -> tuple[Edition, dict[str, Table]] | None:
    """An edition out of what was kept of it; None when that is not what its edition.toml says."""
    edition, _, _, problems = read_with_files(kept.files)
    if edition is None or errors(problems):
        return None
    if {spec.name for spec in edition.tables} != set(kept.tables):
        return None
    tables = {spec.name: kept.tables[spec.name].of(spec) for spec in edition.tables}
    if any(
        [axis.name for axis in table.axes] != [d.name for d in table.spec.dimensions]
        for table in tables.values()
        if not table.spec.holds_texts
    ):
        return None
    return edition, tables


def _file_problems(files: Mapping[str, bytes], used: set[str], whole: bool) -> list[Problem]:
    missing = sorted(name for name in used - set(files) if name != HEAD)
    problems = [Problem("missing_file", name, "", name) for name in missing]
    if whole:
        extra = sorted(set(files) - used)
        expected = " ".join(sorted(used))
        problems += [Problem("file_not_used", name, name, expected) for name in extra]
    return problems


def _figure_problems(built: Built) -> list[Problem]:
    problems = mode_problems(built)
    doubtful = frozenset(row for p in problems if (row := split_place(p.where)[1]) not in (None, 1))
    return capped(problems + trend_problems(built, doubtful), built.sheet.file)


def _with_guide(edition: Edition, parts: GuideFiles, problems: list[Problem]) -> list[Problem]:
    """The problems and those between a guide's rows, without what only echoes a refused row."""
    guide = edition.guide
    if guide is None:
        return problems
    between = (
        ("build", weight_problems(guide, parts)),
        ("criteria", criteria_problems(guide, parts)),
        ("requirements", requirement_problems(guide, parts)),
        ("questions", question_problems(guide, parts)),
        ("impairments", impairment_problems(guide, parts)),
        ("ratings", rating_problems(guide, parts)),
        ("rules", class_rule_problems(guide, parts)),
        ("nicotine", nicotine_problems(guide, parts)),
        ("triggers", condition_problems(guide, parts)),
        ("evidence", evidence_problems(guide, parts)),
    )
    for part, faults in between:
        by_file: dict[str, list[Problem]] = {file: [] for file in parts.of(part)}
        for fault in faults:
            by_file.setdefault(split_place(fault.where)[0], []).append(fault)
        for file, own in by_file.items():
            problems = without_echoes([*problems, *capped(own, file)], file)
    return without_unread(problems, parts)

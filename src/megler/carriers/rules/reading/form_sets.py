"""Reading a form set: its questionnaire, its sections, and what fills the carrier's PDFs."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace

from megler.carriers.rules.keys import Keys
from megler.carriers.rules.place import shown
from megler.carriers.rules.rows import Row, each_row
from megler.carriers.rules.sheets import capped, read_sheet, read_text
from megler.forms.rules.acroforms import read_acroform
from megler.forms.rules.filling import is_format
from megler.forms.rules.form_set import FormSet
from megler.forms.rules.questionnaire import FieldFill, FormSpec, Questionnaire
from megler.forms.rules.reading import read_questionnaire
from megler.forms.rules.receipt import read_receipt, unlinked
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Problem

QUESTIONNAIRE = "questionnaire.toml"
SECTIONS, MAPS, PDFS, LANGUAGES = "sections/", "maps/", "pdf/", "languages/"
MAP_COLUMNS = ("field", "question"), ("part", "item", "value", "format")
LANGUAGE_COLUMNS = ("text", "translation")
MOST_ROWS = 5_000
LARGEST_TEXT = 512 * 1024
_SECTION = re.compile(r"sections/([a-z0-9]+(?:[_-][a-z0-9]+)*)\.toml")
_LANGUAGE = re.compile(r"languages/([a-z]{2})\.csv")
_ABOUT = re.compile(r"^(form|derived|rule) \d+|^questionnaire|^receipt")


def read_form_set(top: Keys, files: Mapping[str, bytes]) -> tuple[FormSet | None, set[str]]:
    """The form set in the files, and the names of those it uses; problems go to the head's list."""
    problems = top.problems
    lines = _lines(top)
    used = {QUESTIONNAIRE}
    parts = {}
    for name in sorted(files):
        if found := _SECTION.fullmatch(name):
            text, faults = _text(name, files[name])
            problems += faults
            used.add(name)
            parts[found[1]] = text
    text, faults = _text(QUESTIONNAIRE, files.get(QUESTIONNAIRE, b""))
    if QUESTIONNAIRE not in files:
        return None, used
    problems += faults
    made, wrong = read_questionnaire(text, parts)
    problems += [_placed(problem, set(parts)) for problem in wrong]
    if made is None:
        return None, {*used, *(n for n in files if n.startswith((MAPS, PDFS, LANGUAGES)))}
    forms, pdfs = [], {}
    for form in made.forms:
        forms.append(_with_fills(made, form, files, problems))
        if form.pdf in files:
            pdfs[form.pdf] = files[form.pdf]
        used |= {form.pdf, f"{MAPS}{form.key}.csv"} if form.pdf else set()
    translations, languages = _translations(files, problems)
    made = replace(made, forms=tuple(forms), translations=translations)
    receipt = tomllib.loads(text).get("receipt", {})
    problems += [_placed(problem, set()) for problem in _receipt_problems(receipt, made)]
    return FormSet(made, pdfs, lines, receipt), used | languages


def _receipt_problems(table: object, made: Questionnaire) -> list[Problem]:
    """What is wrong with the conditional receipt, and what it names that the form set lacks."""
    if table == {}:
        return []
    rule, problems = read_receipt(table)
    return problems if rule is None else unlinked(rule, made.by_key, made.form_by_key)


def _lines(top: Keys) -> tuple[str, ...]:
    keys = top.inside("form_set", required=True)
    if keys is None:
        return ()
    lines = keys.texts("lines", required=True) or ()
    for i, line in enumerate(lines):
        if line not in set(Line):
            keys.tell("not_in_list", f"lines[{i}]", line, " ".join(Line))
    keys.done()
    return lines


def _text(name: str, content: bytes) -> tuple[str, list[Problem]]:
    if len(content) > LARGEST_TEXT:
        return "", [Problem("file_too_large", name, str(len(content)), str(LARGEST_TEXT))]
    text, problems = read_text(name, content)
    return text or "", problems


def _placed(problem: Problem, sections: set[str]) -> Problem:
    """The problem with the file where it stands, as the problems of other editions have it."""
    first = problem.where.split(" ")[0].split(".")[0]
    file = f"{SECTIONS}{first}.toml" if first in sections else QUESTIONNAIRE
    where = problem.where.removeprefix(first).strip() if first in sections else problem.where
    return replace(problem, where=f"{file} {shown(where, 120)}".strip(), found=shown(problem.found))


def _with_fills(
    made: Questionnaire, form: FormSpec, files: Mapping[str, bytes], problems: list[Problem]
) -> FormSpec:
    """The form with what fills its PDF, and with the PDF's pages."""
    if not form.pdf:
        return form
    wanted = re.fullmatch(r"pdf/[a-z0-9]+(?:[._-][a-z0-9]+)*\.pdf", form.pdf)
    if not wanted:
        where = f"{QUESTIONNAIRE} form {form.key}.pdf"
        problems.append(
            Problem("bad_file_name", where, shown(form.pdf), "a name such as pdf/a.pdf")
        )
        return form
    file = f"{MAPS}{form.key}.csv"
    missing = [name for name in (form.pdf, file) if name not in files]
    if missing:
        return form  # told as missing by the check of files
    pdf, faults = read_acroform(form.pdf, files[form.pdf])
    problems += faults
    sheet, found = read_sheet(file, files[file], *MAP_COLUMNS)
    problems += found
    if pdf is None or sheet is None:
        return form
    if len(sheet.rows) > MOST_ROWS:
        problems.append(Problem("too_many_rows", file, str(len(sheet.rows)), str(MOST_ROWS)))
        return form
    wrong: list[Problem] = []
    fills = [_fill(row) for row in each_row(sheet, wrong)]
    problems += capped(wrong, file)
    return replace(form, fills=tuple(one for one in fills if one), pages=pdf.pages)


def _fill(row: Row) -> FieldFill | None:
    field, question = row.text("field"), row.text("question")
    part, value, how = row.maybe_text("part"), row.maybe_text("value"), row.maybe_text("format")
    item = row.maybe_whole("item", 1, 99) or 0
    if not is_format(how):
        row.tell("unknown_value", "format", how, "a format of docs/forms.md")
    return FieldFill(field, question, part, item, value, how) if row.sound else None


def _translations(
    files: Mapping[str, bytes], problems: list[Problem]
) -> tuple[dict[str, dict[str, str]], set[str]]:
    """The texts in other languages, by language and text as it stands."""
    found: dict[str, dict[str, str]] = {}
    used = set()
    for name in sorted(files):
        language = _LANGUAGE.fullmatch(name)
        if not language:
            continue
        used.add(name)
        sheet, faults = read_sheet(name, files[name], LANGUAGE_COLUMNS)
        problems += faults
        if sheet:
            texts, said = (list(sheet.columns[column]) for column in LANGUAGE_COLUMNS)
            found[language[1]] = dict(zip(texts, said, strict=True))
    return found, used

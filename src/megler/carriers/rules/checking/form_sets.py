"""Whether a form set's PDFs and what fills them fit its questions."""

from collections.abc import Iterable, Iterator, Mapping

from megler.carriers.rules.place import place
from megler.carriers.rules.reading.form_sets import MAPS, QUESTIONNAIRE
from megler.forms.rules.acroforms import (
    BROKEN,
    AcroForm,
    FieldKind,
    fill_acroform,
    read_acroform,
)
from megler.forms.rules.answers import ADDRESS_PARTS
from megler.forms.rules.filling import HEAD, SIGNING
from megler.forms.rules.form_set import FormSet
from megler.forms.rules.questionnaire import (
    AnswerType,
    FieldFill,
    FormSpec,
    Question,
    Questionnaire,
    SignerRole,
)
from megler.vocabulary.problems import Problem, Severity


def form_set_problems(made: FormSet) -> list[Problem]:
    """Fields that are not there, answers that have no field, signers without a place to sign."""
    found: list[Problem] = []
    for form in made.questionnaire.forms:
        if form.pdf in made.pdfs:
            pdf, _ = read_acroform(form.pdf, made.pdfs[form.pdf])
            if pdf:
                found += _fill_problems(made.questionnaire, form, pdf)
                found += _trial(form, pdf, made.pdfs[form.pdf])
                found += _signer_problems(form)
        found += _number_problems(form)
    return [
        *found,
        *_unknown_payor(made.questionnaire),
        *_never_printed(made.questionnaire),
        *_doubles(made.questionnaire),
    ]


def _trial(form: FormSpec, pdf: AcroForm, content: bytes) -> Iterator[Problem]:
    """Fills every field that is named, to see that the PDF can be filled."""
    named = {fill.field for fill in form.fills}
    values = {
        name: field.states[0] if field.states else "1"
        for name, field in pdf.fields.items()
        if name in named and field.kind is not FieldKind.SIGNATURE
    }
    try:
        fill_acroform(content, values)
    except BROKEN as error:
        found = f"{type(error).__name__} {error}"[:60]
        yield Problem("pdf_not_filled", form.pdf, found, "a PDF whose fields take answers")


def _number_problems(form: FormSpec) -> Iterator[Problem]:
    if not form.number:
        where = f"{QUESTIONNAIRE} form {form.key}"
        yield Problem("missing_key", where, "number", "the form's number as printed")


def _doubles(made: Questionnaire) -> Iterator[Problem]:
    """A number and edition belong to one form: a page is known by them."""
    seen: dict[tuple[str, str], str] = {}
    for form in made.forms:
        first = seen.setdefault((form.number, form.edition), form.key)
        if form.number and first != form.key:
            where = f"{QUESTIONNAIRE} form {form.key}"
            yield Problem("duplicate_value", where, f"{form.number} {form.edition}", first)


def _fill_problems(made: Questionnaire, form: FormSpec, pdf: AcroForm) -> Iterator[Problem]:
    file = f"{MAPS}{form.key}.csv"
    taken: dict[tuple[str, str], int] = {}
    for row, fill in enumerate(form.fills, 2):
        field = pdf.fields.get(fill.field)
        if field is None:
            near = ", ".join(sorted(pdf.fields)[:8])
            yield Problem("field_missing", place(file, row, "field"), fill.field, near)
            continue
        first = taken.setdefault((fill.field, fill.value), row)
        if first != row:
            where = place(file, row, "field")
            yield Problem("duplicate_value", where, fill.field, f"once; first in row {first}")
        yield from _question_problems(made, form, fill, file, row)
        state = fill.format.removeprefix("state ") if fill.format.startswith("state ") else ""
        if state and state not in field.states:
            where, states = place(file, row, "format"), ", ".join(field.states)
            yield Problem("unknown_value", where, state, states)
        if (
            fill.value
            and field.kind is FieldKind.BOX
            and not state
            and len(field.states) > 1
            and fill.value not in field.states
        ):
            where, states = place(file, row, "value"), ", ".join(field.states)
            yield Problem("unknown_value", where, fill.value, states)
    filled = {fill.field for fill in form.fills}
    for name in sorted(set(pdf.fields) - filled):
        if not name.startswith("office."):
            yield Problem("field_not_filled", file, name, "a row", Severity.WARNING)


def _question_problems(
    made: Questionnaire, form: FormSpec, fill: FieldFill, file: str, row: int
) -> Iterator[Problem]:
    word, _, role = fill.question.partition(".")
    if word in SIGNING:
        if role not in {one.value for one in form.signers}:
            expected = ", ".join(form.signers)
            yield Problem("unknown_value", place(file, row, "question"), fill.question, expected)
        return
    if fill.question in HEAD:
        return
    question = made.by_key.get(fill.question)
    if question is None:
        expected = "a question of the form set"
        yield Problem("question_missing", place(file, row, "question"), fill.question, expected)
        return
    yield from _part_problems(question, fill, file, row)


def _part_problems(question: Question, fill: FieldFill, file: str, row: int) -> Iterator[Problem]:
    target: Question | None = question
    if question.type is AnswerType.LIST:
        key, _, inner = fill.part.partition(".")
        target = next((one for one in question.fields if one.key == key), None)
        if not fill.item:
            yield Problem("unknown_value", place(file, row, "item"), "", "1 or more")
        if target is None or (inner and inner not in ADDRESS_PARTS):
            fields = ", ".join(one.key for one in question.fields)
            yield Problem("unknown_value", place(file, row, "part"), fill.part, fields)
            return
    elif question.type is AnswerType.ADDRESS:
        if fill.part and fill.part not in ADDRESS_PARTS:
            expected = ", ".join(ADDRESS_PARTS)
            yield Problem("unknown_value", place(file, row, "part"), fill.part, expected)
    elif fill.part or fill.item:
        yield Problem("unknown_value", place(file, row, "part"), fill.part, "nothing")
    allowed = _values(target)
    if fill.value and allowed and fill.value not in allowed:
        yield Problem(
            "unknown_value", place(file, row, "value"), fill.value, ", ".join(sorted(allowed))
        )


def _values(question: Question | None) -> set[str]:
    if question is None:
        return set()
    if question.type is AnswerType.YES_NO:
        return {"yes", "no"}
    return {key for key, _ in question.choices}


def _unknown_payor(made: Questionnaire) -> Iterator[Problem]:
    """Who pays signs by a link: the form set asks for the address it goes to."""
    for form in made.forms:
        if SignerRole.PAYOR in form.signers and "payor_email" not in made.by_key:
            where = f"{QUESTIONNAIRE} form {form.key}"
            yield Problem("question_missing", where, "payor_email", "where the payor's link goes")


def _signer_problems(form: FormSpec) -> Iterator[Problem]:
    places: Mapping[SignerRole, tuple[str, ...]] = form.signature_fields
    for role in form.signers:
        if role not in places:
            expected = f"a row with question signature.{role}"
            yield Problem("signature_place_missing", f"{MAPS}{form.key}.csv", role, expected)


def _never_printed(made: Questionnaire) -> Iterable[Problem]:
    """Questions asked of people whose answer no form shows."""
    typeset = {form.key for form in made.forms if not form.pdf}
    printed = {fill.question for form in made.forms for fill in form.fills}
    for section, question in made.questions():
        if section.form not in typeset and question.key not in printed and not question.locked:
            where = f"sections/{section.key}.toml {question.key}"
            yield Problem("never_printed", where, section.form, "a field", Severity.WARNING)

"""Form sets drawn and filled: what is answered stands in the PDFs, or on the page behind."""

import io
import random
from datetime import date, timedelta

import pypdfium2
import pytest
from django.conf import settings
from pypdf import PdfReader

from megler.carriers.packages import read_files
from megler.demo.actions.form_sets import NEWEST_DAYS, form_sets
from megler.forms.rules.acroforms import FieldKind, fill_acroform, read_acroform
from megler.forms.rules.answers import read_answer
from megler.forms.rules.filling import CONTINUED, filled
from megler.forms.rules.questionnaire import FormSpec, Questionnaire
from tests.demo.formsets import DAY, checked, files, recipes
from tests.forms.inventing import invented

ON = date(2026, 6, 1)
EXAMPLE = "tundra-life/term-forms"
HEAD = {
    "reference": "A-1002", "carrier_name": "Tundra Life", "product_name": "Tundra Term",
    "insured_name": "Kari Nordmann", "agent_name": "Sol Vik", "agent_npn": "12345678",
    "agent_email": "sol@vik.example", "agent_phone": "701-555-0144",
}  # fmt: skip


def test_the_example_in_editions_is_what_the_demo_makes() -> None:
    """Texts to the byte; PDFs by their fields, because typesetters differ in small things."""
    lies, made = read_files(settings.BASE_DIR / "editions" / EXAMPLE), files(EXAMPLE)
    assert set(lies) == set(made)
    for name, content in made.items():
        if name.endswith(".pdf"):
            there, here = read_acroform(name, lies[name])[0], read_acroform(name, content)[0]
            assert there
            assert here
            assert (there.fields, there.pages) == (here.fields, here.pages), name
        else:
            assert lies[name] == content, name


def filled_forms(
    name: str, seed: int, odd: bool
) -> list[tuple[Questionnaire, FormSpec, bytes, dict[str, str], tuple[str, ...]]]:
    made = checked(name)[0].questionnaire
    known = {"signed_in": "TX", "insured_born": "1980-02-03"}
    context = {"line": recipes()[name].lines[-1]}
    answers = invented(made, random.Random(seed), ON, known=known, context=context, odd=odd)
    found = []
    for form in made.forms:
        blank = files(name)[form.pdf]
        read, _ = read_acroform(form.pdf, blank)
        assert read
        got = filled(made, form, read.fields, answers, HEAD)
        found.append(
            (made, form, fill_acroform(blank, got.values), dict(got.values), got.continued)
        )
    return found


@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize("name", sorted(recipes()))
def test_what_is_filled_in_is_read_back_equal(name: str, odd: bool) -> None:
    for _, form, pdf, values, _ in filled_forms(name, 5 + odd, odd):
        fields = PdfReader(io.BytesIO(pdf)).get_fields() or {}
        back = {key: str(one["/V"]).removeprefix("/") for key, one in fields.items() if "/V" in one}
        assert back == values, form.key


@pytest.mark.parametrize("name", ["tundra-life/illness-forms", "vidda-health/health-forms"])
def test_letters_that_a_pdf_lacks_are_told_on_the_continuation(name: str) -> None:
    continued = {key for _, _, _, _, more in filled_forms(name, 9, odd=True) for key in more}
    marked = {
        key for _, _, _, values, _ in filled_forms(name, 9, odd=True) for key, value in values.items()
        if value in {CONTINUED, "*"}
    }  # fmt: skip
    assert continued
    assert marked
    plain = filled_forms(name, 9, odd=True)
    assert all(value.encode("cp1252") for _, _, _, values, _ in plain for value in values.values())


@pytest.mark.parametrize("name", ["prairie-mutual/care-forms", "holmen-benefits/enrolment-forms"])
def test_filled_pages_can_be_seen(name: str) -> None:
    """Each page renders, and answers stand on it as ink that the blank page does not have."""
    for _, form, pdf, values, _ in filled_forms(name, 3, odd=False):
        blank = _ink(files(name)[form.pdf])
        assert _ink(pdf) > blank or not values, form.key


def _ink(pdf: bytes) -> int:
    dark = 0
    opened = pypdfium2.PdfDocument(pdf)
    opened.init_forms()
    for page in opened:
        picture = page.render(scale=1, grayscale=True).to_numpy()
        dark += int((picture < 128).sum())
    return dark


def test_a_list_read_back_by_its_fields_is_the_list_that_was_filled_in() -> None:
    made = checked(EXAMPLE)[0].questionnaire
    form = made.form_by_key["application"]
    heirs = [
        {"name": "Ola Hope", "relationship": "Spouse", "class": "primary", "share": "60", "born": "1980-01-02"},
        {"name": "Zoë Ås", "relationship": "Child", "class": "contingent", "share": "100"},
    ]  # fmt: skip
    value, problems = read_answer(made.by_key["beneficiaries"], heirs)
    assert problems == []
    blank = files(EXAMPLE)[form.pdf]
    read, _ = read_acroform("a.pdf", blank)
    assert read
    from megler.forms.rules.questionnaire import Answer

    got = filled(made, form, read.fields, {"beneficiaries": Answer(value)}, HEAD)
    rows = {key: text for key, text in got.values.items() if key.startswith("beneficiaries")}
    assert rows == {
        "beneficiaries.1.name": "Ola Hope",
        "beneficiaries.1.relationship": "Spouse",
        "beneficiaries.1.class": "Primary",
        "beneficiaries.1.share": "60 %",
        "beneficiaries.1.born": "01/02/1980",
        "beneficiaries.2.name": "Zoë Ås",
        "beneficiaries.2.relationship": "Child",
        "beneficiaries.2.class": "Contingent",
        "beneficiaries.2.share": "100 %",
    }


def test_every_tick_and_radio_of_a_form_set_has_its_state_in_the_pdf() -> None:
    made = checked(EXAMPLE)[0].questionnaire
    for form in made.forms:
        read, _ = read_acroform(form.pdf, files(EXAMPLE)[form.pdf])
        assert read
        for fill in form.fills:
            field = read.fields[fill.field]
            if field.kind is FieldKind.BOX and len(field.states) > 1:
                assert fill.value in field.states


def test_one_carrier_has_an_older_edition_that_the_newer_one_ends() -> None:
    until = date(2026, 6, 10)
    made = list(form_sets(until, {"fjordgard/life-forms"}))
    assert len(made) == 2
    days = [
        next(line for line in one["edition.toml"].decode().splitlines() if "effective_from" in line)
        for one in made
    ]
    assert days == sorted(days)
    newest = until - timedelta(days=NEWEST_DAYS)
    assert days[-1] == f"effective_from = {newest.isoformat()}"
    assert newest < until


def test_form_sets_are_dated_by_the_days_that_they_are_given() -> None:
    assert f"effective_from = {DAY.isoformat()}" in files(EXAMPLE)["edition.toml"].decode()

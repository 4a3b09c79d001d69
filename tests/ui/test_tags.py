"""The words of our pages."""

import gzip
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from megler.ui.templatetags import ui
from megler.vocabulary.problems import Problem, Refused, Severity

SRC = Path(__file__).parents[2] / "src" / "megler"


class Questions(forms.Form):
    name = forms.CharField(help_text="As in the passport.")
    note = forms.CharField(required=False)
    agree = forms.BooleanField(label="I agree")
    sex = forms.ChoiceField(choices=[("f", "Female"), ("m", "Male")], widget=forms.RadioSelect)
    state = forms.ChoiceField(choices=[("TX", "Texas")])


def shown(text: str, **words: Any) -> str:
    return Template(text).render(Context(words))


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (Decimal("1234567"), "USD", "$1,234,567"),
        (Decimal("1234.5"), "USD", "$1,234.50"),
        (Decimal("500.00"), "USD", "$500"),
        (Decimal("-12.34"), "USD", "−$12.34"),
        (1500, "NOK", "1,500 NOK"),
        (0, "USD", "$0"),
        (None, "USD", "–"),
    ],
)
def test_money(amount: Decimal | int | None, currency: str, words: str) -> None:
    with translation.override("en"):
        assert ui.money(amount, currency) == words


def test_premiums_always_have_cents() -> None:
    with translation.override("en"):
        assert [ui.cents(Decimal(n)) for n in ("43", "43.5", "1043.55")] == [
            "$43.00", "$43.50", "$1,043.55"
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Berg", "AB"),
        ("Ada", "A"),
        ("Ada van der Berg", "AB"),
        ("  ", ""),
        ("J. R. Ewing", "JE"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert ui.initials(name) == letters


def test_times_say_the_exact_time_too() -> None:
    moment = timezone.now() - timedelta(hours=3)
    assert re.search(r'<time datetime="[^"]+" title="[^"]+">3 hours ago</time>', ui.ago(moment))
    assert ">3 hours</time>" in ui.since(moment)
    assert ">yesterday</time>" in ui.ago(timezone.localdate() - timedelta(days=1))
    assert (ui.ago(None), ui.since(None)) == ("–", "–")


def test_an_icon_is_silent_unless_it_says_something() -> None:
    assert 'aria-hidden="true"' in ui.icon("check")
    assert 'role="img" aria-label="Done &amp; dusted"' in ui.icon("check", "Done & dusted")


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (SRC / "ui/static/icons.svg").read_text()))
    named: set[str] = set()
    for page in SRC.glob("*/templates/**/*.html"):
        text = page.read_text()
        named |= set(re.findall(r'{% icon "([^"]+)"', text))
        named |= set(re.findall(r'{% empty "([^"]+)"', text))
        named |= set(re.findall(r'{% badge "[^"]+" [^%]*? "([a-z0-9-]+)" %}', text))
    named |= set(re.findall(r'"([a-z0-9-]+)", Can\.', (SRC / "config/menu.py").read_text()))
    assert len(named) > 20
    assert named - sprite == set()


def test_a_field_ties_help_and_errors_to_its_input() -> None:
    html = shown("{% field form.name %}", form=Questions({}))
    control = re.search(r"<input[^>]+>", html)
    assert control
    assert 'aria-describedby="id_name_help id_name_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert 'id="id_name_help"' in html
    assert 'id="id_name_error"' in html
    assert '<label class="form-label" for="id_name">' in html


def test_an_optional_field_says_so_and_a_needed_one_does_not() -> None:
    assert "optional" in shown("{% field form.note %}", form=Questions())
    assert "optional" not in shown("{% field form.name %}", form=Questions())


def test_choices_stand_in_a_fieldset_and_a_checkbox_in_its_label() -> None:
    radios = shown("{% field form.sex %}", form=Questions())
    assert radios.count('class="form-check-input"') == 2
    assert "<fieldset" in radios
    assert "<legend" in radios
    box = shown("{% field form.agree %}", form=Questions())
    assert re.search(r'<label class="form-check"><input type="checkbox"', box)
    assert 'class="form-select"' in shown("{% field form.state %}", form=Questions())


def test_a_forms_errors_lead_to_their_fields() -> None:
    html = shown("{% form_errors form %}", form=Questions({"note": "x"}))
    assert html.count("<a href=") == 4
    assert '<a href="#id_name">Name</a>' in html
    assert shown("{% form_errors form %}", form=Questions()).strip() == ""


def test_problems_are_sentences_and_nothing_when_there_are_none() -> None:
    missing = Problem("missing", "born", "", "a date")
    one = shown("{% problems found %}", found=Refused(missing))
    assert "born is missing: expected a date." in one
    assert "alert-danger" in one
    soft = Problem("missing", "a <b>", "", "c", Severity.WARNING)
    two = shown("{% problems found %}", found=[soft, soft])
    assert two.count("<li>a &lt;b&gt; is missing") == 2
    assert "alert-warning" in two
    assert shown("{% problems found %}", found=[]).strip() == ""
    assert shown("{% problems found %}", found=None).strip() == ""


def test_each_form_gets_a_number_of_its_own() -> None:
    numbers = re.findall(r'value="([0-9a-f-]{36})"', shown("{% once %}{% once %}"))
    assert len(set(numbers)) == 2


def test_the_address_of_a_file_changes_with_the_file() -> None:
    assert re.fullmatch(r"/static/megler\.css\?[0-9a-f]{10}", ui.asset("megler.css"))
    assert ui.asset("no-such-file.css") == "/static/no-such-file.css"


def test_what_is_sent_compressed_is_the_file_itself() -> None:
    packed = list((SRC / "ui/static").glob("**/*.gz"))
    assert len(packed) == 4
    for file in packed:
        assert gzip.decompress(file.read_bytes()) == file.with_suffix("").read_bytes()


def test_no_template_has_an_inline_style_script_or_handler() -> None:
    found = [
        f"{page.relative_to(SRC)}: {hit}"
        for page in SRC.glob("*/templates/**/*.html")
        for hit in re.findall(
            r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=\"|hx-on", page.read_text()
        )
    ]
    assert found == []


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("12", "p. 12"),
        ("35a", "p. 35a"),
        ("4.labs A1c", "4.labs A1c"),
        ("Annex B", "Annex B"),
        (None, ""),
    ],
)
def test_a_page_is_cited_as_its_source_counts(page: str | None, shown: str) -> None:
    assert ui.cited(page) == shown

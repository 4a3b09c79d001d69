"""Texts are found in code and templates, and a catalogue that lacks one is not whole."""

import os
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from megler.config.messages import compile_messages, extract, missing, update

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
a = _("A case")
b = ngettext("%(n)d case", "%(n)d cases", 2)
c = pgettext("of a policy", "State")
"""
TEMPLATE = """
{% load i18n %}
   <p class="x">{% translate "Apply now" %}</p>
<p>{% blocktranslate count n=n trimmed %}
  {{ n }} agent
  {% plural %}
  {{ n }} agents
{% endblocktranslate %}</p>
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    root = tmp_path / "megler"
    (root / "cases" / "templates" / "cases").mkdir(parents=True)
    (root / "cases" / "pages.py").write_text(CODE)
    (root / "cases" / "templates" / "cases" / "case.html").write_text(TEMPLATE)
    return root


def translated(po: Path) -> None:
    text = po.read_text()
    for found, put in [
        ('msgid "A case"\nmsgstr ""', 'msgid "A case"\nmsgstr "En sak"'),
        ('msgid "State"\nmsgstr ""', 'msgid "State"\nmsgstr "Tilstand"'),
        ('msgid "Apply now"\nmsgstr ""', 'msgid "Apply now"\nmsgstr "Søk nå"'),
        ('msgstr[0] ""', 'msgstr[0] "%(n)d én"'),
        ('msgstr[1] ""', 'msgstr[1] "%(n)d flere"'),
    ]:
        assert found in text
        text = text.replace(found, put)
    po.write_text(text)


def test_texts_of_code_and_templates_are_found(sources: Path) -> None:
    found = {message.id for message in extract(sources) if message.id}
    assert found == {
        "A case",
        ("%(n)d case", "%(n)d cases"),
        "State",
        "Apply now",
        ("%(n)s agent", "%(n)s agents"),
    }


def test_a_catalogue_is_whole_when_all_is_translated_and_not_before(sources: Path) -> None:
    locale = sources / "locale"
    assert missing(locale, sources) == []
    (po,) = update(["nb"], locale, sources)
    assert len(missing(locale, sources)) == 5
    translated(po)
    assert len(missing(locale, sources)) == 1, "%(n)d is not %(n)s"
    po.write_text(
        po.read_text().replace("%(n)d én", "%(n)s én", 1).replace("%(n)d fl", "%(n)s fl", 1)
    )
    left = missing(locale, sources)
    assert all("placeholder" in line or "format" in line for line in left)


def test_updating_keeps_translations_and_drops_what_is_gone(sources: Path) -> None:
    locale = sources / "locale"
    (po,) = update(["nb"], locale, sources)
    translated(po)
    before = po.read_text()
    update(["nb"], locale, sources)
    assert po.read_text() == before
    (sources / "cases" / "pages.py").write_text("")
    update(["nb"], locale, sources)
    assert "Søk nå" in po.read_text()
    assert "En sak" not in po.read_text()


def test_only_newer_catalogues_are_compiled(sources: Path) -> None:
    locale = sources / "locale"
    (po,) = update(["nb"], locale, sources)
    translated(po)
    assert compile_messages(locale) == [po]
    assert compile_messages(locale) == []
    with po.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file).get("Apply now")
    assert compiled
    assert compiled.string == "Søk nå"
    later = po.with_suffix(".mo").stat().st_mtime + 5
    os.utime(po, (later, later))
    assert compile_messages(locale) == [po]

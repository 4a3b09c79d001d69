"""Every text has its Norwegian bokmål: whole, with the same placeholders and every plural."""

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.utils.translation import gettext, ngettext, override

from megler.config.messages import LOCALE, SOURCES, compile_messages, extract, missing

LANGUAGES = ["nb"]
"""The house's languages besides English, in which the texts are written."""


def catalogue(locale: Path = LOCALE, language: str = "nb") -> Catalog:
    with (locale / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The catalogues, to be damaged."""
    copy = tmp_path / "locale"
    shutil.copytree(LOCALE, copy, ignore=shutil.ignore_patterns("*.mo"))
    return copy


def damaged(locale: Path, msgid: str, string: str | tuple[str, ...], *, fuzzy: bool = False) -> str:
    """Writes one text's translation anew in a copy; returns what the check then says."""
    held = catalogue(locale)
    found = held.get(msgid)
    assert found is not None, msgid
    found.string = string
    if fuzzy:
        found.flags.add("fuzzy")
    with (locale / "nb" / "LC_MESSAGES" / "django.po").open("wb") as file:
        write_po(file, held)
    return "\n".join(missing(locale, SOURCES))


def test_every_language_of_the_house_is_whole() -> None:
    assert sorted(po.name for po in LOCALE.iterdir()) == LANGUAGES
    assert "\n".join(missing()) == ""


def test_an_empty_a_doubtful_and_a_misfilled_text_are_named(copied: Path) -> None:
    assert missing(copied) == []
    assert "'Agent'" in damaged(copied, "Agent", "")
    assert "in doubt" in damaged(copied, "Agent", "Agent", fuzzy=True)
    assert "placeholder" in damaged(copied, "%(where)s has signed already.", "%(hvor)s har signert")


def test_a_missing_plural_is_named(copied: Path) -> None:
    assert "%(n)d day" in damaged(copied, "%(n)d day", ("%(n)d dag", ""))


def test_a_text_that_nobody_extracted_is_named(copied: Path) -> None:
    held = catalogue(copied)
    held.delete("Agent")
    with (copied / "nb" / "LC_MESSAGES" / "django.po").open("wb") as file:
        write_po(file, held)
    assert "not in the catalogue: 'Agent'" in "\n".join(missing(copied))


def test_texts_that_live_in_questionnaires_and_rules_are_fed_to_the_catalogue() -> None:
    found = {message.id for message in extract() if message.id}
    assert "Authorization for release of health information" in found
    assert any(str(text).startswith("I agree to sign electronically") for text in found)


def test_outer_line_breaks_come_through_a_translation() -> None:
    """They are layout: a letter's last line ends, a label's does not."""
    wrong = []
    for message in catalogue():
        english = (message.id,) if isinstance(message.id, str) else message.id
        told = (message.string,) if isinstance(message.string, str) else message.string
        if message.id and {text.endswith("\n") for text in english} != {
            text.endswith("\n") for text in told
        }:
            wrong.append(english)
    assert wrong == []


def test_the_compiled_catalogue_answers_in_bokmal() -> None:
    compile_messages()
    with override("nb"):
        assert gettext("In force") == "I kraft"
        assert ngettext("%(n)d day", "%(n)d days", 2) % {"n": 2} == "2 dager"

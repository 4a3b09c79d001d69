"""Every text has its Norwegian bokmål: whole, with the same placeholders and every plural."""

import copy

import pytest
from babel.messages.catalog import Catalog
from django.utils.translation import gettext, ngettext, override

from megler.config.messages import LOCALE, compile_messages, extract, lacks, read_catalogue

LANGUAGES = ["nb"]
"""The house's languages besides English, in which the texts are written."""


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """Every text of the product."""
    return extract()


@pytest.fixture(scope="module")
def bokmal() -> Catalog:
    return read_catalogue(LOCALE / "nb" / "LC_MESSAGES" / "django.po")


def said_when(
    bokmal: Catalog, texts: Catalog, msgid: str, string: str | tuple[str, ...], *flags: str
) -> list[str]:
    """What the check says once one text is translated otherwise."""
    damaged = copy.deepcopy(bokmal)
    found = damaged.get(msgid)
    assert found is not None, msgid
    found.string = string
    found.flags.update(flags)
    return list(lacks(damaged, texts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_house_is_whole(language: str, texts: Catalog) -> None:
    held = read_catalogue(LOCALE / language / "LC_MESSAGES" / "django.po")
    assert "\n".join(lacks(held, texts)) == ""


def test_an_empty_a_doubtful_and_a_misfilled_text_are_named(
    bokmal: Catalog, texts: Catalog
) -> None:
    (empty,) = said_when(bokmal, texts, "Agent", "")
    assert empty == "not translated: 'Agent'"
    (doubtful,) = said_when(bokmal, texts, "Agent", "Agent", "fuzzy")
    assert "in doubt" in doubtful
    (misfilled,) = said_when(bokmal, texts, "%(where)s has signed already.", "%(hvor)s har signert")
    assert "placeholder" in misfilled


def test_a_missing_plural_is_named(bokmal: Catalog, texts: Catalog) -> None:
    (said,) = said_when(bokmal, texts, "%(n)d day", ("%(n)d dag", ""))
    assert "%(n)d day" in said


def test_a_text_that_nobody_translated_yet_is_named(bokmal: Catalog, texts: Catalog) -> None:
    damaged = copy.deepcopy(bokmal)
    damaged.delete("Agent")
    (said,) = lacks(damaged, texts)
    assert said.startswith("not in the catalogue: 'Agent'")


def test_texts_that_live_in_questionnaires_and_rules_are_fed_to_the_catalogue(
    texts: Catalog,
) -> None:
    found = {str(message.id) for message in texts}
    assert "Authorization for release of health information" in found
    assert any(text.startswith("I agree to sign electronically") for text in found)


def test_outer_line_breaks_come_through_a_translation(bokmal: Catalog) -> None:
    """They are layout: a letter's last line ends, a label's does not."""
    wrong = []
    for message in bokmal:
        english = (message.id,) if isinstance(message.id, str) else message.id
        told = (message.string,) if isinstance(message.string, str) else message.string or ()
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

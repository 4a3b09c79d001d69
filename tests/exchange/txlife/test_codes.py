"""ACORD's numbers and our words."""

import csv
from importlib.resources import files

from megler.exchange.txlife.codes import label, numbers, words
from megler.exchange.txlife.layout import MESSAGE, Inside, Layout, Leaf, Many, One, Part
from megler.vocabulary.codes import (
    ACORD_GENDER,
    ACORD_PAYMODE,
    ACORD_UNWRITECLASS,
    JURISDICTIONS,
)


def test_a_number_and_a_word_stand_once_in_their_list() -> None:
    text = files("megler.exchange.txlife").joinpath("codes.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len({(row["list"], row["tc"]) for row in rows}) == len(rows)
    assert len({(row["list"], row["word"]) for row in rows}) == len(rows)
    assert all(row["label"] for row in rows)


def test_they_agree_with_the_vocabulary() -> None:
    known = numbers()
    assert {str(k): v for k, v in ACORD_GENDER.items()} == known["gender"]
    assert {str(k): v for k, v in ACORD_PAYMODE.items()}.items() <= known["pay_mode"].items()
    assert {str(k): v for k, v in ACORD_UNWRITECLASS.items()}.items() <= known["class"].items()
    assert set(known["state"]) == set(JURISDICTIONS)


def test_a_label_is_told_for_each_word() -> None:
    assert label("role", "contingent_beneficiary") == "Contingent beneficiary"
    assert words()["transaction"][103] == "new_business"


def _lists(children: "dict[str, Part]") -> set[str]:
    found: set[str] = set()
    for part in children.values():
        if isinstance(part, Leaf) and part.tc:
            found.add(part.tc)
        elif isinstance(part, Inside):
            found |= _lists(dict(part.children))
        elif isinstance(part, One | Many):
            found |= _lists(dict(part.layout.children))
    return found


def test_every_list_with_codes_is_used_by_an_element() -> None:
    layout: Layout = MESSAGE
    assert set(numbers()) <= _lists(dict(layout.children)) | {"flag"}

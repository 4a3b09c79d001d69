"""Typesetting."""

import io

from pypdf import PdfReader

from megler.documents.typesetting import typeset

TEMPLATE = b"""
#let d = json(bytes(sys.inputs.data))
#set document(date: none)
#d.words
"""


def test_the_same_data_makes_the_same_bytes_and_other_data_others() -> None:
    assert typeset(TEMPLATE, {"words": "Kår"}) == typeset(TEMPLATE, {"words": "Kår"})
    assert typeset(TEMPLATE, {"words": "Kår"}) != typeset(TEMPLATE, {"words": "Ada"})


def test_what_somebody_typed_is_never_code() -> None:
    typed = '#read("/etc/passwd") $x$ *bold* \\ #panic()'
    text = PdfReader(io.BytesIO(typeset(TEMPLATE, {"words": typed}))).pages[0].extract_text()
    assert text.replace("\n", " ") == typed

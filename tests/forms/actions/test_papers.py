"""Megler's general forms as they look on paper."""

from typing import Any

import pypdfium2 as pdfium
import pytest

from megler.forms.actions.papers import typeset

HEADS = [
    "Company", "Policy number", "Amount", "Year of issue", "Kind", "Will it be replaced?",
    "What becomes of it?", "Same insurer", "Yearly premium", "Cash value", "Surrender charge",
    "Loan outstanding",
]  # fmt: skip
ITEM = [
    "Old Mutual Aid", "PM-20114", "$250,000", "2010", "Life insurance", "Yes",
    "Exchanged under section 1035", "No", "$1,850", "$40,000", "$1,200", "$0",
]  # fmt: skip


def _paper(table: list[list[str]]) -> dict[str, Any]:
    row = {"question": "Insurance in force", "answer": "", "table": table}
    return {
        "form": "Application",
        "edition": "2026-01",
        "reference": "A-1",
        "facts": [["Carrier", "Fjord Life"]],
        "sections": [{"title": "Other insurance", "rows": [row]}],
        "statements": [],
        "signers": [],
    }


@pytest.mark.parametrize("columns", [3, 6, 12])
def test_a_list_however_wide_is_read_whole_and_none_of_it_overlaps(columns: int) -> None:
    pdf = typeset("paper", _paper([HEADS[:columns], ITEM[:columns], ITEM[:columns]]))
    page = pdfium.PdfDocument(pdf)[0]
    text = page.get_textpage()
    width, _height = page.get_size()
    margin = 0.8 * 72
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    assert max(right for _, _, right, _ in boxes) <= width - margin + 1
    read = " ".join(text.get_text_range().split())
    for said in (*HEADS[:columns], *ITEM[:columns]):
        assert all(word in read for word in said.split())
    for number, (left, bottom, right, top) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            across = min(right, other[2]) - max(left, other[0])
            along = min(top, other[3]) - max(bottom, other[1])
            assert across <= 1 or along <= 1, "one stands upon another"

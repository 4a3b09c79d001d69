"""What stands on a paper."""

import json
from typing import Any

from megler.forms.rules.printing import Head, content_hash, paper_content
from tests.forms.asking import WHOLE, given, small

HEAD = Head("A-10001", (("Carrier", "Fjord Life"),))


def _content(**changed: object) -> dict[str, Any]:
    made = small()
    answers = WHOLE | given(**changed)
    return paper_content(made, made.forms[0], answers, HEAD, {"insured": "Kari", "agent": "Anna"})


def test_a_paper_holds_its_own_sections_and_signers_only() -> None:
    content = _content()
    assert [section["title"] for section in content["sections"]] == ["Person", "Heirs"]
    assert content["signers"] == [
        {"role": "insured", "name": "Kari"},
        {"role": "agent", "name": "Anna"},
    ]


def test_a_question_not_asked_is_not_printed() -> None:
    assert "What?" not in json.dumps(_content())
    assert "What?" in json.dumps(_content(smokes="yes"))


def test_the_hash_changes_with_an_answer_and_only_then() -> None:
    assert content_hash(_content()) == content_hash(_content())
    assert content_hash(_content()) != content_hash(_content(name="Ola Hope"))

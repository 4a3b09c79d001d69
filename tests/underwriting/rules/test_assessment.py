import json

from megler.underwriting.rules.assessment import assessment_json
from megler.underwriting.rules.classes import assess
from tests.underwriting.guides import ON, guide, person


def test_an_assessment_is_published_with_texts_and_sources() -> None:
    answer = assess(guide(), person(weight_lb=160, nicotine=...), ON)
    shown = assessment_json(answer, "fjordlife", "term", lambda reason: reason.code.upper())
    assert json.loads(json.dumps(shown)) == shown
    assert (shown["outcome"], shown["class"], shown["table"]) == ("class", "preferred", None)
    assert shown["range"] == ["preferred", "preferred_tobacco"]
    assert shown["open"] == [{"fact": "nicotine", "would_change_to": "preferred_tobacco"}]
    assert {
        "code": "over_weight",
        "text": "OVER_WEIGHT",
        "source": {"edition": "fjordlife/guide@2026-01-01", "page": "11", "rule": "build"},
    } in shown["reasons"]  # type: ignore[operator]

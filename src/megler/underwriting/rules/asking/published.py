"""An answer to a question as it is published."""

from collections.abc import Callable
from datetime import date

from megler.underwriting.rules.answer import problem_json
from megler.underwriting.rules.asking.answers import Answered, Ask, Says
from megler.underwriting.rules.asking.understood import Understood
from megler.underwriting.rules.assessment import reason_json
from megler.vocabulary.problems import Problem, Reason

Text = Callable[[Reason], str]
ProblemText = Callable[[Problem], str]


def answered_json(
    found: Answered,
    on: date,
    text: Text,
    place_words: Callable[[str], str],
    problem_text: ProblemText,
) -> dict[str, object]:
    """An answer as a document; `text` is the edge's sentence for a reason, `place_words` a fact's name."""
    understood = found.understood
    return {
        "on": on.isoformat(),
        "question": understood.text,
        "kind": found.kind.value,
        "intents": [one.value for one in understood.intents],
        "understood": understood_json(understood, problem_text),
        "summary": [reason_json(reason, text) for reason in found.summary],
        "carriers": [_says_json(one, text) for one in found.says],
        "asks": [_ask_json(one, place_words) for one in found.asks],
        "assumptions": [reason_json(reason, text) for reason in found.assumptions],
        "place": found.place,
    }


def understood_json(understood: Understood, problem_text: ProblemText) -> dict[str, object]:
    """What was understood: the facts document, which may be changed, and the words it came from."""
    topic = understood.topic
    return {
        "facts": understood.facts,
        "chips": [
            {"kind": c.kind, "words": c.words, "value": c.value, "place": c.place}
            for c in understood.chips
        ],
        "topic": {
            "codes": list(topic.codes),
            "subjects": [one.value for one in topic.subjects],
            "class": topic.class_word or None,
            "labs": list(topic.labs),
            "nicotine": list(topic.products),
            "requirements": list(topic.kinds),
            "drugs": list(topic.drugs),
            "limits": list(topic.limits),
            "carriers": list(topic.carriers),
        },
        "unread": list(understood.unread),
        "problems": [problem_json(problem, problem_text) for problem in understood.problems],
    }


def _says_json(one: Says, text: Text) -> dict[str, object]:
    return {
        "carrier": one.carrier,
        "carrier_name": one.carrier_name,
        "product": one.product or None,
        "product_name": one.product_name or None,
        "edition": one.edition,
        "headline": reason_json(one.headline, text),
        "lines": [reason_json(reason, text) for reason in one.lines],
        "improvements": [reason_json(reason, text) for reason in one.improvements],
        "more": one.more,
    }


def _ask_json(one: Ask, place_words: Callable[[str], str]) -> dict[str, object]:
    return {
        "fact": one.fact,
        "name": place_words(one.fact),
        "question": one.question or None,
        "would_change_to": one.would_change_to or None,
        "carriers": one.carriers,
    }

"""An answer to a guide's question that stands in an entry's own words: "asthma, mild"."""

import re

from megler.carriers.rules.ratings import Question, QuestionType
from megler.underwriting.rules.whens import Answer, OneOf
from megler.vocabulary.conditions import plain

_SAYS_LITTLE = 2
"""Letters of a value that may mean anything where it stands alone."""
_DENIED = re.compile(r"\b(no|not|non|without|never|denies)( \w+)?$")


def answer_in_words(asked: Question, words: str) -> Answer:
    """The answer that an entry's name gives to a choice or a flag; None: none.

    Several values of a choice leave it open between them; "no surgery" denies the flag `surgery`.
    """
    said = f" {plain(words)} "
    if asked.type is QuestionType.CHOICE:
        values = frozenset(value for value in asked.values if _stands(asked.key, value, said))
        longest = frozenset(v for v in values if not any(v != o and v in o for o in values))
        return None if not longest else next(iter(longest)) if len(longest) == 1 else OneOf(longest)
    if asked.type is QuestionType.FLAG:
        key = f" {plain(asked.key.replace('_', ' '))} "
        at = said.find(key)
        return None if at < 0 else _DENIED.search(said[:at].strip()) is None
    return None


def _stands(key: str, value: str, said: str) -> bool:
    """Whether a value stands among the words, and is not denied there.

    The shortest (II, A, no) say nothing by themselves, only beside the key: "stage II".
    """
    named, alone = key.replace("_", " "), value.replace("_", " ")
    forms = [f"{named} {alone}", f"{alone} {named}"] + [alone] * (len(value) > _SAYS_LITTLE)
    found = [at for form in forms if (at := said.find(f" {plain(form)} ")) >= 0]
    return any(_DENIED.search(said[:at].strip()) is None for at in found)

"""A 103 to answers: what each question is told by it, and what of it no question takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from megler.applications.rules.acord.from_forms import read_json, take_forms, take_slots
from megler.applications.rules.acord.from_people import take_people
from megler.applications.rules.acord.from_policies import take_lists, take_policy
from megler.applications.rules.acord.gathering import Gathering, Told
from megler.applications.rules.acord.places import ANSWERS, OFFER, OUR_VENDOR
from megler.exchange.txlife.checking import Story
from megler.exchange.txlife.dialects import ACORD, Dialect
from megler.exchange.txlife.reading import Read
from megler.exchange.txlife.records import Kept
from megler.forms.rules.questionnaire import Questionnaire
from megler.vocabulary.problems import Problem


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message means for a questionnaire.

    `answers` by question key, `left` whatever no question took, `problems` what could not be read.
    """

    answers: Mapping[str, Told]
    left: tuple[Kept, ...]
    problems: tuple[Problem, ...]


def understand(
    found: Read, story: Story, asked: Questionnaire, dialect: Dialect = ACORD
) -> Understood:
    """What the request of `story` tells of the questions of `asked`.

    What stands on a form under a question's own key counts before what the places of ACORD say.
    """
    made = Gathering(story, asked)
    take_people(made)
    take_policy(made)
    take_lists(made)
    take_slots(made, found, dialect)
    take_forms(made)
    left = [*found.kept, *made.take.left(story.request)]
    left = [one for one in left if one.path not in made.understood and not _is_ours(one)]
    return Understood(made.answers, tuple(left), tuple(made.problems))


def offer_told(story: Story) -> Mapping[str, Any] | None:
    """The offer as our own extension keeps it; None when the message is another's."""
    for one in story.policy.extensions if story.policy else ():
        if one.vendor == OUR_VENDOR and one.name == OFFER:
            found = read_json(one.text)
            return found if isinstance(found, dict) else None
    return None


def _is_ours(one: Kept) -> bool:
    return one.name in {ANSWERS, OFFER, "Sha256"} and "OLifEExtension" in one.path

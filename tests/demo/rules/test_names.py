"""Nobody of the demo can be a real person's telephone, mail box or number."""

import re

from megler.accounts.rules.roles import STAFF as STAFF_ROLES
from megler.cases.rules.kinds import USUAL
from megler.demo.rules.faces import FACES
from megler.demo.rules.names import FIRMS, PLACES, STAFF, mail_name, phone
from megler.demo.rules.words import CARRIER_WORDS, DELAYS_MINUTES, RESULTS, VENDORS
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import AnswerType, Question
from megler.vocabulary.zips import zip_fits


def test_every_role_of_the_staff_is_filled_and_has_a_face() -> None:
    assert {role for role, _name in STAFF} == set(STAFF_ROLES)
    assert set(FACES) >= STAFF_ROLES


def test_telephone_numbers_are_of_the_hundred_kept_for_fiction() -> None:
    question = Question("phone", AnswerType.PHONE, "Phone", "Phone")
    for place in PLACES:
        number = phone(place.area_code, 17)
        assert re.fullmatch(r"\d{3}-555-0117", number)
        assert read_answer(question, number)[1] == []


def test_towns_lie_in_their_states() -> None:
    assert all(zip_fits(place.jurisdiction, place.zip) for place in PLACES)


def test_mail_names_are_plain() -> None:
    assert all(re.fullmatch(r"[a-z]+(\.[a-z]+)+", mail_name(name)) for _role, name in STAFF)
    assert len({domain for _name, domain in FIRMS}) == len(FIRMS) == 20


def test_words_stand_for_what_carriers_say_and_ask() -> None:
    assert all(CARRIER_WORDS.values())
    assert set(VENDORS) | set(RESULTS) | set(DELAYS_MINUTES) <= set(USUAL)
    assert all(least < most for least, most in DELAYS_MINUTES.values())

"""Lives as rows, from people and from columns."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from megler.quoting.rules.market import columns
from megler.quoting.rules.market.compiling import compile_market
from megler.quoting.rules.market.lives import areas_of, lives_from_columns, lives_of
from megler.quoting.rules.market.views import Wish
from megler.underwriting.rules.compiled_facts import BIG
from megler.underwriting.rules.people import Day, Person, Relative
from megler.underwriting.rules.wishes import Wants
from megler.vocabulary.codes import Line, Mode, Sex
from tests.quoting.books import health_book, term_book
from tests.underwriting.guides import ON, guide

MARKET = compile_market([term_book(), health_book()], {"fjordlife": [guide()]}, ON)
BORN = date(1979, 2, 11)
PERSON = Person(born=Day(BORN, BORN), sex=Sex.FEMALE, jurisdiction="AL", nicotine=(), zip="75002")
WANTS = Wants(line=Line.TERM_LIFE, face_amount=Decimal(500_000), term_years=20, mode=Mode.MONTHLY)


def test_a_person_and_the_same_columns_are_the_same_row() -> None:
    one = lives_of([(PERSON, WANTS)], MARKET, ON)
    wish = Wish(Line.TERM_LIFE, 20, None, Mode.MONTHLY)
    named = {"age_nearest": 47, "age_last": 47, "sex": 0, "jurisdiction": 1, "amount": 500_000}
    named |= {"free_months": BIG, "sure_months": BIG, "place": 1}
    same = lives_from_columns(1, wish, named, places=one.places)
    assert one.wishes == (wish,)
    assert (one.rows == same.rows).all()


def test_nothing_known_is_unknown_in_every_column() -> None:
    row = lives_of([(Person(), Wants())], MARKET, ON).rows[0]
    unknown = np.array([columns.UNKNOWN[name] for name in columns.NAMES])
    unknown[columns.PLACE] = 1
    assert (row == unknown).all()


def test_people_with_one_family_history_share_it() -> None:
    sick = replace(PERSON, family=(Relative("father", "stroke", death_age=50),))
    lives = lives_of([(sick, WANTS), (PERSON, WANTS), (sick, WANTS)], MARKET, ON)
    assert len(lives.histories) == 1
    assert lives.rows[:, columns.NAMES.index("family")].tolist() == [1, 0, 1]
    assert len(lives.some(1, 3)) == 2


def test_a_place_leads_to_its_area_or_to_none() -> None:
    places = [("75002", None, "TX"), ("75001", None, "TX"), ("75001", "Dallas", "TX"), (None,) * 3]
    (area,) = MARKET.areas
    found = areas_of(MARKET, places)[:, 0]
    assert [area.texts[n - 1] if n else None for n in found] == [None, "2", None, "1", None]

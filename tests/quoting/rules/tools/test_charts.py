from megler.quoting.rules.tools.charts import by_age, by_term
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.codes import Mode
from tests.quoting.rules.tools.market import counter, facts
from tests.underwriting.guides import KNOWN, ON


def test_premium_by_term_is_the_quotes_own() -> None:
    offers = counter().offers(facts({"term_years": None}))
    chart = by_term(offers, Mode.MONTHLY, 20)
    assert chart.places == (10, 20)
    (curve,) = chart.curves
    assert curve.premiums == tuple(
        offer.premium[Mode.MONTHLY] for offer in sorted(offers, key=lambda o: o.term_years or 0)
    )


def test_premium_by_age_is_what_each_age_would_be_quoted() -> None:
    asked = facts()
    chart = by_age(counter(), asked, counter().offers(asked), Mode.MONTHLY, around=2)
    assert (chart.places, chart.now) == ((45, 46, 47, 48, 49), 47)
    (curve,) = chart.curves
    (now,) = counter().offers(asked)
    older = counter().offers(facts(born="1978-02-11"))[0]
    assert curve.premiums[2:4] == (now.premium[Mode.MONTHLY], older.premium[Mode.MONTHLY])
    assert curve.premiums[0] is None, "45 is too young"
    assert curve.premiums[4] is None, "49 is too old for 20 years"


def test_several_lives_have_no_one_age() -> None:
    people = [{"id": "a", **KNOWN}, {"id": "b", "role": "spouse", "age": 47}]
    read, _ = read_facts({"people": people, "wants": {"people": ["a", "b"]}}, ON)
    assert read is not None
    assert by_age(counter(), read, counter().offers(facts()), Mode.MONTHLY).curves == ()

"""From when a requirement is asked for; how ratings combine; what stands for what."""

from dataclasses import replace
from decimal import Decimal

from megler.carriers.rules.guide import RequirementRow
from megler.carriers.rules.ratings import Substitute
from megler.underwriting.rules.asking.answering import answer
from megler.underwriting.rules.asking.answers import Answered, AnswerKind
from megler.vocabulary.codes import RequirementKind as Kind
from tests.underwriting.rules.asking.market import MARKET, ON, read


def _row(age_from: int, age_to: int | None, amount_from: int) -> RequirementRow:
    return RequirementRow(age_from, age_to, Decimal(amount_from), None, (Kind.ECG,), "40")


GRID = (_row(18, 50, 3_000_001), _row(51, 65, 1_000_001), _row(66, None, 1))


def asked(question: str) -> Answered:
    products = [
        replace(
            one,
            guide=replace(
                one.guide,
                guide=replace(
                    one.guide.guide,
                    requirements=GRID,
                    substitutes=(Substitute(Kind.TREADMILL, 365, (Kind.ECG,), "41"),),
                ),
            ),
        )
        for one in MARKET
        if one.guide.guide is not None
    ]
    return answer(read(question), products, ON)


def test_from_which_amount_at_an_age() -> None:
    found = asked("inspection no, from what amount is an EKG needed at 58?")
    assert found.kind is AnswerKind.ANSWERED
    heads = {one.headline.code: one.headline.params for one in found.says}
    assert heads["from_amount"]["figure"] == "1000001"


def test_from_which_age_at_an_amount() -> None:
    found = asked("at what age do they start asking for an ecg on 2 million")
    (one, _other) = found.says
    assert (one.headline.code, one.headline.params["age"]) == ("from_age", "51")
    assert one.headline.source.page == "40"


def test_without_either_the_whole_grid() -> None:
    (one, _other) = asked("when does an ecg kick in").says
    assert [line.params["age_from"] for line in one.lines] == ["18", "51", "66"]


def test_what_stands_for_what() -> None:
    found = asked("can a stress test be used instead of an ekg")
    (one, _other) = found.says
    assert one.headline.code == "evidence_stands_for"
    assert one.headline.params["kinds"] == "ecg"


def test_how_ratings_combine() -> None:
    found = asked("do you combine debits or take the worst when theres 2 impairments")
    assert {one.headline.code for one in found.says} <= {
        "combines_add", "combines_worst", "combines_refer",
    }  # fmt: skip
    assert found.kind is AnswerKind.ANSWERED

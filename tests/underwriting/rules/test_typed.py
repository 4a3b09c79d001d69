import pytest

from megler.underwriting.rules.typed import Reader, Unread, amount, figure, without_unknown


def test_readers_of_several_people_tell_their_problems_in_one_place() -> None:
    reader = Reader({"height": "5'10", "partner_height": "tall"})
    assert reader.read("height", amount_of_nothing) is None
    assert reader.of("partner_").read("height", amount_of_nothing) is None
    assert [p.where for p in reader.problems] == ["height", "partner_height"]
    assert reader.problems[1].found == "tall"


def amount_of_nothing(_: str) -> str:
    raise Unread("something else")


@pytest.mark.parametrize("typed", ["much", "1e99", "--5", "5 5 5 5,5"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Unread):
        amount(typed)


def test_figures_may_have_a_decimal_comma() -> None:
    assert figure("4,5") == 4.5
    with pytest.raises(Unread):
        figure("NaN")


def test_what_nothing_was_said_of_is_left_out() -> None:
    assert without_unknown({"a": None, "b": []}) == {"b": []}

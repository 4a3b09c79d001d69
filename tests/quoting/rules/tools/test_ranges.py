"""An offer whose class is open costs at both ends what it costs when the class is asked for."""

from megler.quoting.rules.tools.counter import key_of, mode_of, wishing
from megler.quoting.rules.tools.ranges import premium_ranges
from tests.quoting.rules.tools.market import counter, facts


def test_both_ends_are_the_premiums_of_their_classes() -> None:
    unsure = facts(nicotine=[], blood_pressure=..., height_in=..., weight_lb=...)
    offers = counter().offers(unsure)
    open_ones = [o for o in offers if o.class_range and o.class_range[0] != o.class_range[1]]
    assert open_ones
    mode = mode_of(unsure)
    ranges = premium_ranges(counter(), unsure, offers, mode)
    assert set(ranges) == {key_of(o) for o in open_ones}
    for offer in open_ones:
        assert offer.class_range is not None
        told = ranges[key_of(offer)]
        for code, premium in zip(offer.class_range, (told.best, told.worst), strict=True):
            asked = counter().offers(wishing(unsure, class_code=code))
            same = {o.premium[mode] for o in asked if key_of(o) == key_of(offer)}
            assert same == (set() if premium is None else {premium})
        assert told.best is not None
        assert told.worst is None or told.best <= told.worst


def test_a_class_that_is_certain_has_no_range() -> None:
    sure = facts()
    assert premium_ranges(counter(), sure, counter().offers(sure), mode_of(sure)) == {}

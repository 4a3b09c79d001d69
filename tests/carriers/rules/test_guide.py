from megler.carriers.rules.guide import Guide, GuideClass

CLASSES = (GuideClass("standard", "Standard", "standard"),)


def test_what_is_found_in_a_guide_is_found_once_for_each_key() -> None:
    guide, asked = Guide(CLASSES), []

    def codes(of: Guide) -> list[str]:
        asked.append(of)
        return [one.code for one in of.classes]

    assert guide.once("codes", codes) == guide.once("codes", codes) == ["standard"]
    assert asked == [guide]
    assert guide.once("again", codes) == ["standard"]
    assert len(asked) == 2


def test_what_was_found_makes_no_difference_between_guides() -> None:
    one, other = Guide(CLASSES), Guide(CLASSES)
    one.once("size", lambda guide: len(guide.classes))
    assert one == other

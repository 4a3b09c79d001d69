"""The two guides of fictional carriers keep the shape and figures of the real charts."""

from decimal import Decimal

import pytest

from megler.carriers.rules.guide import CriterionKind, Guide
from megler.carriers.rules.heights import Height
from megler.vocabulary.codes import RequirementKind
from tests.editions.test_tables import opened


def guide(name: str) -> Guide:
    edition, _ = opened(f"{name}/guide")
    assert edition.guide is not None
    return edition.guide


def weights(name: str, class_code: str) -> dict[Height, tuple[int | None, int]]:
    return {
        row.height_in: (row.weight_min_lb, row.weight_max_lb)
        for row in guide(name).build
        if row.class_code == class_code
    }


@pytest.mark.parametrize(
    ("name", "class_code", "heights", "some"),
    [
        ("nordhavn-life", "preferred_plus", 26, {58: (89, 134), 70: (129, 196), 83: (181, 275)}),
        ("nordhavn-life", "preferred", 26, {58: (89, 144), 64: (108, 175), 83: (181, 295)}),
        ("nordhavn-life", "standard_plus", 26, {58: (89, 155), 83: (181, 317)}),
        ("nordhavn-life", "standard", 26, {58: (89, 181), 83: (181, 371)}),
        ("nordhavn-life", "standard_with_credit", 26, {58: (89, 196), 83: (181, 401)}),
        ("prairie-mutual", "preferred_plus", 27, {56: (None, 125), 64: (None, 169), 82: (None, 270)}),
        ("prairie-mutual", "standard", 27, {56: (None, 158), 82: (None, 334)}),
        ("prairie-mutual", "table_1", 27, {56: (None, 170), 82: (None, 343)}),
        ("prairie-mutual", "table_12", 27, {56: (None, 240), 82: (None, 462)}),
    ],
)  # fmt: skip
def test_weights_are_those_of_the_chart(
    name: str, class_code: str, heights: int, some: dict[int, tuple[int | None, int]]
) -> None:
    found = weights(name, class_code)
    assert len(found) == heights
    assert {height: found[height] for height in some} == some


@pytest.mark.parametrize("name", ["nordhavn-life", "prairie-mutual"])
def test_tobacco_classes_share_the_build_of_their_counterparts(name: str) -> None:
    assert weights(name, "preferred_tobacco") == weights(name, "preferred")
    assert weights(name, "standard_tobacco") == weights(name, "standard")


@pytest.mark.parametrize(
    ("name", "class_code", "kind", "limit"),
    [
        ("nordhavn-life", "preferred_plus", CriterionKind.SYSTOLIC_MAX, "135"),
        ("nordhavn-life", "standard", CriterionKind.DIASTOLIC_MAX, "94"),
        ("nordhavn-life", "preferred", CriterionKind.CHOLESTEROL_HDL_RATIO_MAX, "5.5"),
        ("nordhavn-life", None, CriterionKind.CHOLESTEROL_TOTAL_MIN, "120"),
        ("prairie-mutual", "preferred_plus", CriterionKind.SYSTOLIC_MAX, "140"),
        ("prairie-mutual", "standard_plus", CriterionKind.CHOLESTEROL_HDL_RATIO_MAX, "7"),
        ("prairie-mutual", None, CriterionKind.CHOLESTEROL_TOTAL_MAX, "300"),
        ("prairie-mutual", "preferred_plus", CriterionKind.NICOTINE_FREE_MONTHS_MIN, "36"),
        ("nordhavn-life", "preferred", CriterionKind.NICOTINE_FREE_MONTHS_MIN, "24"),
        ("nordhavn-life", "standard", CriterionKind.NICOTINE_FREE_MONTHS_MIN, "12"),
    ],
)
def test_criteria_are_those_of_the_guides(
    name: str, class_code: str | None, kind: CriterionKind, limit: str
) -> None:
    found = [
        row.limit
        for row in guide(name).criteria
        if (row.class_code, row.kind) == (class_code, kind)
    ]
    assert found == [Decimal(limit)]


@pytest.mark.parametrize("name", ["nordhavn-life", "prairie-mutual"])
def test_the_grid_answers_every_age_and_amount_once(name: str) -> None:
    rows = guide(name).requirements
    assert len(rows) == 8 * 7

    def kinds(age: int, amount: int) -> set[RequirementKind]:
        found = [
            row.kinds
            for row in rows
            if row.age_from <= age <= (row.age_to or 999)
            and row.amount_from <= amount <= (row.amount_to or 10**12)
        ]
        assert len(found) == 1
        return set(found[0])

    some = RequirementKind
    assert kinds(25, 50_000) == {some.MIB}
    assert kinds(47, 500_000) == {
        some.MIB, some.PARAMEDICAL_EXAM, some.BLOOD_PROFILE, some.URINE,
    }  # fmt: skip
    assert kinds(65, 100_000) == kinds(47, 500_000) | {some.MVR}
    assert {some.TREADMILL, some.COGNITIVE_TEST} <= kinds(70, 6_000_000)


def test_what_is_above_standard_is_for_an_underwriter() -> None:
    for name in ("nordhavn-life", "prairie-mutual"):
        (by_hand,) = [c for c in guide(name).classes if c.on_review]
        assert (by_hand.code, by_hand.rated_as) == ("standard_with_credit", "standard")

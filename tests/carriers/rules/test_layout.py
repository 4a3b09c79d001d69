from megler.carriers.rules.layout import Dimension, DimensionKind, Measure, TableSpec

AGE = Dimension("age", DimensionKind.WHOLE, ("age",), 20, 30)
MODE = Dimension("mode", DimensionKind.CHOICE, values=("annual", "monthly"), across=True)
SEX = Dimension("sex", DimensionKind.CHOICE, ("sex",), values=("female", "male"))


def test_a_table_knows_its_modes_and_what_runs_across() -> None:
    modal = TableSpec("t", "t.csv", Measure.PREMIUM, (AGE, MODE))
    plain = TableSpec("t", "t.csv", Measure.PREMIUM, (AGE, SEX))
    assert (modal.has_modes, modal.across) == (True, MODE)
    assert (plain.has_modes, plain.across) == (False, None)

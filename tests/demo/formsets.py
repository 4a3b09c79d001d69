"""The demo's form sets for tests: built once, drawn once, checked once."""

from datetime import date
from functools import cache

from megler.carriers.rules.checks import check_edition
from megler.demo.actions.form_sets import form_set_files, library
from megler.demo.rules.formsets.library import Recipe
from megler.forms.rules.form_set import FormSet
from megler.vocabulary.problems import Problem

DAY = date(2026, 1, 1)


def recipes() -> dict[str, Recipe]:
    """Every recipe by `carrier/series`."""
    return {f"{one.carrier}/{one.series}": one for one in library()[1]}


@cache
def files(name: str, edition: int = -1) -> dict[str, bytes]:
    """The files of a form set, of the edition with that place among its editions."""
    recipe = recipes()[name]
    return form_set_files(recipe, recipe.editions[edition], DAY)


@cache
def checked(name: str) -> tuple[FormSet, tuple[Problem, ...]]:
    """The form set as it is read, and everything that the check says of it."""
    read, _, problems = check_edition(files(name))
    assert read is not None, problems
    assert read.form_set is not None
    return read.form_set, tuple(problems)

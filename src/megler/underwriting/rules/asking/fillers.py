"""Words of a question that say nothing by themselves, in English and the commonest in Norwegian."""

from importlib.resources import files

FILLERS = frozenset(files(__package__).joinpath("fillers.txt").read_text("utf-8").split())

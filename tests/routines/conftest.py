"""The people and the case that routines act on."""

from tests.cases.conftest import agent, case, folder, manager

__all__ = ["agent", "case", "folder", "manager"]

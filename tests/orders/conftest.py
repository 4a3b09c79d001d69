"""The people and the case that orders are placed for."""

from tests.cases.conftest import agent, case, folder, manager

__all__ = ["agent", "case", "folder", "manager"]

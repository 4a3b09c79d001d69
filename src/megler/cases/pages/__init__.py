"""The pages of cases: the list, the case, and what is done with it."""

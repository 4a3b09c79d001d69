"""Words every room shares: problems and reasons, money, ages, classes, modes, lines, jurisdictions.

Plain Python. Where ACORD has a code for a word, the code stands beside it.
"""

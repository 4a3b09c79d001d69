"""What keeps the product from starting, told in one sentence."""

import errno

_FULL = "the disk is full: free some room and start again"


class Trouble(Exception):
    """Cannot go on; the message is the one sentence that the person at the console reads."""


def sentence_for(error: BaseException) -> str | None:
    """The sentence for an error of the surroundings (disk, permissions, database), else None."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, Trouble):
            return str(seen)
        if isinstance(seen, OSError) and (told := _from_system(seen)):
            return told
        if told := _from_database(seen):
            return told
        seen = seen.__cause__
    return None


def _from_system(error: OSError) -> str | None:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _FULL
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        place = f"{error.filename} " if error.filename else "a file "
        return f"{place}cannot be used: {(error.strerror or 'not permitted').lower()}"
    return None


def _from_database(error: BaseException) -> str | None:
    state = getattr(error, "sqlstate", None)
    if state == "53100":
        return _FULL
    if state is None and type(error).__module__.startswith("psycopg"):
        if type(error).__name__ in {"OperationalError", "ConnectionTimeout"}:
            return f"the database does not answer: {first_line(str(error))}"
        return None
    if state in {"57P01", "57P02", "57P03", "08006", "08001", "53300"}:
        return f"the database does not answer: {first_line(str(error))}"
    return None


def first_line(text: str) -> str:
    """The first line that says something, without the final stop."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else ""

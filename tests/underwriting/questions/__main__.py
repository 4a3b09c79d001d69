"""Print how the sets do: `python -m tests.underwriting.questions [errors]`."""

import os
import sys

import django


def main() -> None:
    """The report, and with `errors` what went wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "megler.config.settings")
    django.setup()
    from tests.underwriting.questions.measuring import SETS, errors, measured, report

    sets = [(name, measured(name)) for name in SETS]
    print("\n".join(report(sets)))
    if "errors" in sys.argv[1:]:
        for _name, one in sets:
            print("\n".join(["", *errors(one)]))


main()

"""Print how the sets do: `python -m tests.underwriting.questions [errors]`."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "megler.config.settings")
django.setup()

from tests.underwriting.questions.comparing import HERE
from tests.underwriting.questions.measuring import FIRST, SECOND, errors, measured, report

sets = [(name, measured(name)) for name in (FIRST, SECOND) if (HERE / name).exists()]
print("\n".join(report(sets)))
if "errors" in sys.argv[1:]:
    for _name, one in sets:
        print("\n".join(["", *errors(one)]))

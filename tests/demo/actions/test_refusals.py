"""Where the demo agency is not built."""

from typing import Any

import pytest

from megler.accounts.models import User
from megler.carriers.models import Edition
from megler.demo.actions.build import build_demo
from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused

pytestmark = pytest.mark.django_db


def test_it_is_refused_on_a_real_agencys_installation(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(Refused) as refused:
        build_demo(lambda *_step: None)
    (problem,) = refused.value.problems
    assert problem.code == "demo_only"
    assert "MEGLER_DEMO" in sentence(problem)
    assert not Edition.objects.exists()


def test_it_is_refused_where_somebody_works(settings: Any, administrator: User) -> None:
    settings.DEMO = True
    with pytest.raises(Refused) as refused:
        build_demo(lambda *_step: None)
    assert [p.code for p in refused.value.problems] == ["demo_not_empty"]
    assert not Edition.objects.exists()

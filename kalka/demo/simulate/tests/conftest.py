"""The demo's own staff: three places and whoever works there."""

import pytest
from django.conf import settings

from kalka.core import clock
from kalka.demo.staffing import Member, staff


@pytest.fixture
def staffed(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Member]:
    monkeypatch.setattr(settings, "DEMO", True)
    return staff(clock.now())

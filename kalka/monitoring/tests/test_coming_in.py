"""Signals that come by themselves: by a file, and from a double of the other side."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from kalka.core.models import AuditEntry
from kalka.monitoring import importing
from kalka.monitoring.adapter import Pulled, Sent, pull
from kalka.monitoring.models import DeviceSignal
from kalka.monitoring.tests import factories as make
from kalka.monitoring.tests.factories import DEVICE, NOW
from kalka.sheets import loading

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world():
    made = make.world()
    made.measure = make.decided(made)
    make.fitted(made, made.measure)
    return made


@dataclass
class Double:
    """The other side: keeps what it saw, and sends some of it again, as a line that broke would."""

    seen: list[Sent] = field(default_factory=list)

    def since(self, moment):
        return [one for one in self.seen if one.at is None or one.at >= moment]


FILE = """Сигналдын номери;Түзүлүштүн номери;Сигнал;Күнү жана убактысы
A-1;gps 0042 7;Тыюу салынган жерге кирди;23.11.2026 08:15
A-2;GPS-0042/7;battery;2026-11-23 08:30:10
""".encode()


def taken_in(world, data=FILE):
    found = loading.check(importing.LOADER, world.inspector, data, "signals.csv", now=NOW)
    return found, loading.take_in(importing.LOADER, world.inspector, found.new, now=NOW) if not found.errors else 0


def test_a_file_of_signals_loads_in_one_step_and_again_changes_nothing(world):
    found, count = taken_in(world)
    assert (found.errors, count) == ((), 2)
    rows = list(DeviceSignal.objects.order_by("at").values_list("sign", "source", "at"))
    assert [(sign, source) for sign, source, _at in rows] == [("entered", "file"), ("battery", "file")]
    assert rows[0][2] == NOW - 25 * MINUTE
    again, count = taken_in(world)
    assert (again.there, again.new, DeviceSignal.objects.count()) == (2, (), 2)


@pytest.mark.parametrize(
    ("wrong", "column", "code"),
    [
        ("A-3;OTHER 1;near;23.11.2026 08:15", "device", "monitoring.no_such_device"),
        ("A-3;GPS-0042/7;тамеки;23.11.2026 08:15", "sign", "sheets.not_a_choice"),
        ("A-3;GPS-0042/7;near;23.11.2026", "at", "sheets.not_a_moment"),
        ("A-3;GPS-0042/7;near;23.11.2026 25:15", "at", "sheets.not_a_moment"),
        ("A-3;GPS-0042/7;near;23.11.2026 09:15", "at", "monitoring.time_to_come"),
    ],
)
def test_while_a_row_is_wrong_nothing_is_written(world, wrong, column, code):
    found, _count = taken_in(world, FILE + wrong.encode())
    assert [(one.column, one.code) for one in found.errors] == [(column, code)]
    assert not DeviceSignal.objects.exists()


def test_the_other_side_is_asked_and_what_comes_again_is_there_once(world):
    centre = Double([Sent("S-1", DEVICE, "removed", NOW - MINUTE), Sent("S-2", DEVICE, "called", NOW)])
    for _twice in range(2):
        assert pull(centre, NOW - 5 * MINUTE, now=NOW) == Pulled(2, ())
    assert sorted(DeviceSignal.objects.values_list("sign", "source")) == [("called", "adapter"), ("removed", "adapter")]


def test_one_that_cannot_be_taken_holds_up_no_other_and_is_told(world):
    centre = Double(
        [
            Sent("S-1", "NOBODY-1", "near", NOW),
            Sent("S-2", DEVICE, "what", NOW),
            Sent("S-3", DEVICE, "near", NOW),
        ]
    )
    found = pull(centre, NOW - MINUTE, now=NOW)
    assert found == Pulled(1, (("S-1", "monitoring.no_such_device"), ("S-2", "monitoring.unknown_code")))
    assert DeviceSignal.objects.get().sign == "near"
    refused = AuditEntry.objects.filter(command="monitoring.receive_signal").exclude(refusal="")
    assert refused.count() == 2 and not any(DEVICE in str(one.__dict__) for one in refused)


def test_the_same_name_with_other_words_is_refused(world):
    sent = Sent("S-1", DEVICE, "near", NOW)
    assert pull(Double([sent]), NOW, now=NOW).taken == 1
    other = Sent("S-1", DEVICE, "battery", NOW)
    assert pull(Double([other]), NOW, now=NOW) == Pulled(0, (("S-1", "core.id_taken"),))
    assert DeviceSignal.objects.get().sign == "near"

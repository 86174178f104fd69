"""Courses for the browser: a training of two days with a roll, and a seminar-meeting with a plan of the region."""

from datetime import timedelta
from typing import Any

from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.training import selectors, services
from kalka.training.rules import NewCourse, NewEntry, NewFocal, NewMeasure, NewName, NewProgramme, NewTests

TRAINING = NewProgramme(
    "training",
    {
        "ky": "Үй-бүлөлүк зомбулуктан коргоо боюнча жергиликтүү комитеттер",
        "ru": "Местные комитеты по защите от семейного насилия",
        "en": "Local committees for protection from domestic violence",
    },
    16,
    ("Социалдык технологиялар агенттиги", "Данило Дольчи борбору"),
    "ДаткАйым",
)
MEETING = NewProgramme("interagency", {"ky": "Үй-бүлөлүк зомбулук фактыларына натыйжалуу жооп кайтаруу"})
NARYN, UCHKUN = "41704000000000", "417D0410100000"


def held(town: Any) -> dict[str, Any]:
    by, now, today = town.ministrlik, town.now, day_of(town.now)
    ago = today - timedelta(days=40)

    def course(told: NewProgramme, **of: Any) -> Any:
        one = services.start_programme(by, id=new_id(), told=told, now=now)
        return services.hold_course(by, id=new_id(), programme_id=one.pk, told=NewCourse(**of), now=now)

    full = course(TRAINING, place=UCHKUN, on=ago, days=2, meeting=True, access=("ramp", "sign"))
    names = (NewName("Асанова Назгүл", "+996555000333"), NewName("Токтосунова Аида"))
    for entry in (
        NewEntry("municipal", "f", sector="self_government", position="specialist", names=names),
        NewEntry("state", "m", 12, sector="police"),
        NewEntry("activist", "f", 20, bound="over"),
    ):
        services.enrol(by, id=new_id(), course_id=full.pk, told=entry, now=now)
    results = NewTests((40, 55, 60), (80, 85, 95))
    services.note_results(by, id=new_id(), course_id=full.pk, told=results, now=now)
    services.certify(by, id=new_id(), course_id=full.pk, now=now)
    roll = selectors.course_page(by, full.pk, now=now).roll
    entry_id = selectors.course_page(by, full.pk, now=now).entries[-1].id
    meeting = course(MEETING, place=NARYN, on=today - timedelta(days=5))
    line = NewMeasure("Ай сайын бардык субъекттер чогулуп, ордерлердин аткарылышын карайт", "internal_affairs", today)
    services.plan_measure(by, id=new_id(), course_id=meeting.pk, told=line, now=now)
    body = by.organisation_id or 0
    for part in ("focal", "head"):
        told = NewFocal(part, body, ago)
        focal = services.name_focal(by, id=new_id(), told=told, now=now)
    services.note_learning(by, id=new_id(), focal_id=focal.pk, on=ago, course_id=full.pk, now=now)
    code = selectors.paper_of(by, full.pk, roll[0].certificate, now=now).code
    return {
        "full": str(full.pk),
        "meeting": str(meeting.pk),
        "entry": str(entry_id),
        "focal": str(focal.pk),
        "code": code,
    }

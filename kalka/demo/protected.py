"""What protects after an order, on the men of the stories: a device, proceedings, custody, weapons; her call, papers.

Told of the last days alone: each of these steps asks somebody for something, and nobody of the stories answers later.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from kalka.complaints import services as complaints
from kalka.complaints.rules import NewCall, NewOutcome, NewPaper, NewReply
from kalka.core.clock import day_of
from kalka.demo.reading import WORLD
from kalka.demo.scene import Scene
from kalka.demo.staffing import Member
from kalka.monitoring import services as monitoring
from kalka.monitoring.rules import NewAnswer, NewFitting, NewMeasure, NewSignal
from kalka.proceedings import services as proceedings
from kalka.proceedings.rules import NewCustody, NewEnd, NewProceeding, NewStep, NewWeapon

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BANS = ("no_contact", "leave_home")


class Story:
    """One file of the stories, and who works on it."""

    def __init__(self, people: Mapping[str, Member], scene: Scene) -> None:
        self.people, self.scene, self.now = people, scene, scene.now
        self.ref = scene.case_ref

    def does(self, login: str, do: Callable[..., Any], what: str, at: datetime, **told: Any) -> Any:
        """A step under an id of its own, the same in every installation."""
        id = uuid5(WORLD, f"{self.scene.story.key}/protected {what}")
        return do(self.people[login].actor, id=id, now=at, **told)

    def he(self, label: str) -> UUID:
        return self.scene.persons[label]


def protected(people: Mapping[str, Member], scenes: Mapping[str, Scene]) -> None:
    def story(key: str) -> Story:
        return Story(people, scenes[key])

    _watched(story("uchkun-order-runs"))
    _held(story("uchkun-breach-yesterday"))
    _on_remand(story("uchkun-ala-kachuu"))
    _disarmed(story("uchkun-not-served"))
    _refused(story("uchkun-reconciled-but-open"))
    _called(story("uchkun-order-breached"))
    _complained(story("uchkun-visit-missed"))
    _asked_for_longer(story("uchkun-ends-soon"))


def _watched(one: Story) -> None:
    """A device; a signal that was nothing, one that was a breach and led to proceedings, one that waits."""
    at, named = one.now - 3 * DAY, {"case_ref": one.ref}
    told = NewMeasure(
        day_of(at), "court", "device", ("no_contact", "no_territory"), respondent=one.he("husband"), order=None
    )
    measure = one.does("inspektor", monitoring.register_measure, "measure", at, told=told, **named)
    on = {**named, "measure_id": measure.pk}
    one.does("inspektor", monitoring.fit_device, "fitted", at + 4 * HOUR, told=NewFitting(at, "NR-0117"), **on)
    for number, (sign, ago, found, words) in enumerate(SIGNALS):
        when = one.now - ago
        signal = one.does(
            "inspektor", monitoring.note_signal, f"signal {number}", when, told=NewSignal(sign, when - MINUTE), **on
        )
        if found:
            answer = {"signal_id": signal.pk, "told": NewAnswer(found, words), **named}
            one.does("inspektor", monitoring.answer_signal, f"answer {number}", when + 20 * MINUTE, **answer)
    at = one.now - 17 * HOUR
    new = NewProceeding(
        one.he("husband"),
        "refusal_of_bans",
        day_of(at),
        order=one.scene.made["order"],
        bans=BANS,
        register="journal",
        number="11-318",
        told="Тыюу салынган аймакка кирди. Эскертилгенден кийин да кеткен жок.",
    )
    row = one.does("inspektor", proceedings.open_proceeding, "refusal", at, told=new, **named)
    one.does(
        "inspektor",
        proceedings.note_step,
        "refusal at court",
        at + HOUR,
        proceeding_id=row.pk,
        told=NewStep("court", day_of(at + HOUR)),
        **named,
    )


SIGNALS = (
    ("battery", 30 * HOUR, "technical", "Түзмөктү кубаттаган экен, байланыш кайра келди."),
    ("left", 18 * HOUR, "breach", "Кең-Аралга барып келди, жолдон токтотулду."),
    ("near", 35 * MINUTE, "", ""),
)


def _held(one: Story) -> None:
    """Detained after he broke her window; before he is free, she is told."""
    at = one.now - 9 * HOUR
    told = NewCustody(one.he("former"), "detention", "police", at, one.now + 39 * HOUR)
    one.does("inspektor", proceedings.take_into_custody, "held", at, case_ref=one.ref, told=told)
    new = NewProceeding(one.he("former"), "offence", day_of(at), register="journal", number="11-325")
    one.does("inspektor", proceedings.open_proceeding, "offence", at + 10 * MINUTE, case_ref=one.ref, told=new)


def _on_remand(one: Story) -> None:
    """The prison says when he will be out."""
    at = one.now - 7 * HOUR
    told = NewCustody(one.he("groom"), "remand", "penitentiary", one.now - 2 * DAY, one.now + 28 * DAY)
    one.does("inspektor", proceedings.take_into_custody, "remand", at, case_ref=one.ref, told=told)


def _disarmed(one: Story) -> None:
    at = one.now - 6 * HOUR
    told = NewWeapon(one.he("husband"), "taken", day_of(at), "Бычак жана аң уулоочу мылтык, 214-протокол")
    one.does("inspektor", proceedings.note_weapon, "weapon", at, case_ref=one.ref, told=told)


def _refused(one: Story) -> None:
    """Not taken up, because they were said to be reconciled: the prosecutor sees it, with the reason."""
    at, named = one.now - 28 * HOUR, {"case_ref": one.ref}
    new = NewProceeding(one.he("husband"), "offence", day_of(at), register="journal", number="11-290")
    row = one.does("inspektor", proceedings.open_proceeding, "offence", at, told=new, **named)
    no = NewEnd("refused", day_of(at), reason="withdrawn", told="Аксакалдардын алдында элдештик деген кат тиркелди.")
    one.does("inspektor", proceedings.end_proceeding, "refused", at + HOUR, proceeding_id=row.pk, told=no, **named)


def _called(one: Story) -> None:
    """Two calls: one was answered within the hour, one waits."""
    named = {"case_ref": one.ref}
    first, lately = one.now - 26 * HOUR, one.now - 25 * MINUTE
    told = NewCall(first - 5 * MINUTE, "contact", "phone", "Башка номерден кайра-кайра чалып жатат.")
    call = one.does("sotsial", complaints.note_call, "call", first, told=told, **named)
    reply = NewReply(first + 30 * MINUTE, "spoke", "yes", "Номери жазылды, өзү менен сүйлөштүк.")
    one.does("inspektor", complaints.reply, "reply", first + 35 * MINUTE, call_id=call.pk, told=reply, **named)
    waits = NewCall(lately, "came", "phone", "Дарбазанын алдында туруп алды.")
    one.does("sotsial", complaints.note_call, "call again", lately, told=waits, **named)


def _complained(one: Story) -> None:
    """Nobody came though she waited: her superior and the prosecutor are asked, and one of them answers."""
    at, named = one.now - 20 * HOUR, {"case_ref": one.ref}
    against = one.people["inspektor"].actor.post_id
    told = "Ордер берилгенден бери бир эле жолу келишти, анда да мен базарда элем."
    new = NewPaper("inaction", day_of(at), "visit", against=against, told=told)
    paper = one.does("sotsial", complaints.file_paper, "complaint", at, told=new, **named)
    asked = paper.addressees.get(part="prosecutor")
    at = one.now - 2 * HOUR
    said = NewOutcome("part", day_of(at), "Барып текшерүүлөр боюнча текшерүү дайындалды.")
    one.does("prokuror", complaints.answer_paper, "answer", at, addressee_id=asked.pk, told=said, **named)


def _asked_for_longer(one: Story) -> None:
    at = one.now - 5 * HOUR
    told = "Ордер бүтөрү менен кайра келет деп корком, өзү да ошону айтып жүрөт."
    new = NewPaper("extension", day_of(at), order=one.scene.made["order"], told=told)
    one.does("sotsial", complaints.file_paper, "extension", at, case_ref=one.ref, told=new)

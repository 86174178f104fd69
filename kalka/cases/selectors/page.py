"""The page of one case: one read entry, and as many queries for a long case as for a short one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases.happened import happened
from kalka.cases.models import (
    Case,
    Consent,
    ConsentWithdrawn,
    Demand,
    Incident,
    Note,
    NoteReader,
    Participant,
    Presence,
    StageChange,
    Word,
)
from kalka.cases.rules import Cast, Circle, Part
from kalka.cases.selectors.cases import get_case
from kalka.cases.selectors.team import team
from kalka.cases.shown import (
    CaseHead,
    CasePage,
    ConsentView,
    DemandView,
    IncidentView,
    NoteView,
    PartLine,
    StageView,
    WordView,
)
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.directory import selectors as directory
from kalka.files import selectors as files
from kalka.people import selectors as people
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys


def case_page(actor: Actor, ref: str, *, now: datetime, also: Iterable[Klass] = ()) -> CasePage:
    """The whole case without the names. `also`: classes another module of the same page needs opened.

    A professional note is opened only for its author and the colleagues it names.
    """
    case = get_case(actor, ref, now=now)
    notes = list(Note.objects.filter(case=case).order_by("recorded_at", "id"))
    readable = _readable(actor, case, notes)
    klasses = {Klass.NARRATIVE, Klass.EVIDENCE, *also}
    if any(note.pk in readable for note in notes if note.circle != Circle.TEAM):
        klasses.add(Klass.NOTE)
    keys = access.unlock(actor, [case.subject_id], what="cases.page", now=now, klasses=klasses)
    parts = {
        "head": _head(case),
        "people": _people(actor, case, now),
        "incidents": _incidents(case, keys),
        "consents": _consents(case, now),
        "team": team(actor, case.subject_id, now=now),
        "notes": tuple(_note(note, keys, note.pk in readable) for note in notes),
        "demands": _demands(case, keys),
        "words": _words(case, keys),
        "stages": _stages(case),
        "attachments": files.attachments(actor, keys, case.subject_id),
    }
    return CasePage(**parts, timeline=tuple(happened(**parts)), keys=keys)  # type: ignore[arg-type]  # by name


def _head(case: Case) -> CaseHead:
    return CaseHead(
        case.pk, case.subject_id, case.ref, case.kind, case.place, case.opened_on, case.stage, case.report_id
    )


def _people(actor: Actor, case: Case, now: datetime) -> tuple[PartLine, ...]:
    rows = list(Participant.objects.filter(case=case).order_by("recorded_at", "id"))
    cast = Cast(frozenset((row.person_id, Part(row.part)) for row in rows))
    codes = people.codes(actor, case.subject_id, now=now)
    return tuple(
        PartLine(
            row.pk,
            row.person_id,
            row.part,
            row.relation,
            codes[row.person_id].sex,
            codes[row.person_id].age_band,
            cast.may_speak(row.person_id),
        )
        for row in rows
    )


def _incidents(case: Case, keys: Keys) -> tuple[IncidentView, ...]:
    rows = list(Incident.objects.filter(case=case).order_by("on", "recorded_at", "id"))
    present: dict[UUID, dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    there = Presence.objects.filter(incident__case=case).select_related("participant").order_by("recorded_at", "id")
    for one in there:
        present[one.incident_id][one.participant.part].append(one.participant_id)
    amended = {row.amends_id for row in rows}
    return tuple(_incident(row, keys.get(row, "told") or {}, present[row.pk], row.pk in amended) for row in rows)


def _incident(row: Incident, told: dict[str, str], present: dict[str, list[UUID]], amended: bool) -> IncidentView:
    return IncidentView(
        id=row.pk,
        on=row.on,
        precision=row.precision,
        place=row.place,
        forms=_codes(row.forms),
        gbvims=row.gbvims,
        certain=row.certain,
        contexts=_codes(row.contexts),
        signs=_codes(told.get("signs", "")),
        what=told.get("what", ""),
        where=told.get("where", ""),
        when_words=told.get("when_words", ""),
        alleged=tuple(present[Part.ALLEGED]),
        children=tuple(present[Part.CHILD]),
        amends=row.amends_id,
        amended=amended,
        recorded_at=row.recorded_at,
        post_id=row.post_id,
    )


def _codes(stored: str) -> tuple[str, ...]:
    return tuple(stored.split(",")) if stored else ()


def _consents(case: Case, now: datetime) -> tuple[ConsentView, ...]:
    rows = list(Consent.objects.filter(case=case).order_by("recorded_at", "id"))
    if not rows:
        return ()
    ended = {row.consent_id: row for row in ConsentWithdrawn.objects.filter(consent__case=case)}
    names = {one.id: one.label() for one in directory.organisations()}
    today = clock.day_of(now)
    return tuple(_consent(row, names, ended.get(row.pk), row.given_on <= today <= row.until) for row in rows)


def _consent(row: Consent, names: dict[int, str], end: ConsentWithdrawn | None, in_term: bool) -> ConsentView:
    return ConsentView(
        id=row.pk,
        organisation_id=row.organisation_id,
        organisation=names.get(row.organisation_id, ""),
        purpose=row.purpose,
        scope=row.scope,
        given_by=row.given_by_id,
        given_on=row.given_on,
        until=row.until,
        recorded_at=row.recorded_at,
        post_id=row.post_id,
        withdrawn_at=end.recorded_at if end else None,
        withdrawn_why=end.why if end else "",
        running=in_term and end is None,
    )


def _readable(actor: Actor, case: Case, notes: list[Note]) -> set[UUID]:
    own = {note.pk for note in notes if note.author_id == actor.user_id or note.circle == Circle.TEAM}
    if actor.post_id is None or len(own) == len(notes):
        return own
    return own | set(NoteReader.objects.filter(note__case=case, holder=actor.post_id).values_list("note", flat=True))


def _note(note: Note, keys: Keys, readable: bool) -> NoteView:
    column = "text" if note.circle == Circle.TEAM else "closed_text"
    text = keys.get(note, column) if readable else ""
    return NoteView(note.pk, note.circle, readable, text or "", note.recorded_at, note.post_id)


def _demands(case: Case, keys: Keys) -> tuple[DemandView, ...]:
    return tuple(
        DemandView(row.pk, row.who, row.on, keys.get(row, "ground") or "", row.note_id, row.recorded_at, row.post_id)
        for row in Demand.objects.filter(case=case).order_by("recorded_at", "id")
    )


def _words(case: Case, keys: Keys) -> tuple[WordView, ...]:
    return tuple(
        WordView(row.pk, row.kind, row.on, keys.get(row, "told") or "", row.recorded_at, row.post_id)
        for row in Word.objects.filter(case=case).order_by("recorded_at", "id")
    )


def _stages(case: Case) -> tuple[StageView, ...]:
    rows = StageChange.objects.filter(case=case).order_by("number")
    return tuple(StageView(row.number, row.stage, row.why, row.recorded_at, row.post_id) for row in rows)

"""What is written into a case: notes, demands, words that change nothing, files."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.access.rules import COMPLAINTS
from kalka.cases import effects
from kalka.cases.models import Case, Demand, Note, NoteReader, Word
from kalka.cases.rules import DEMANDERS, Circle, NewDemand, NewNote, NewWord, Saying, circles, known, past
from kalka.cases.selectors import get_case
from kalka.core import clock
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.files import services as files
from kalka.history import services as history
from kalka.vault.classes import Klass
from kalka.vault.rows import Row, repeated, written


@command("cases.write_note", needs=Permission.CASE_NOTE)
def write_note(actor: Actor, *, id: UUID, case_ref: str, told: NewNote, now: datetime) -> Note:
    """A note of the team, or of the author's own profession: then only the author and the named colleagues read it.

    Refuses a circle of another profession, and readers of another organisation or who may not see the case.
    """
    case = get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Note, actor, id=id, content=content):
        return again
    if told.circle not in circles(actor.role):
        raise DomainError("cases.circle_not_yours", field="circle")
    if not told.text.strip():
        raise DomainError("cases.note_is_empty", field="text")
    _check_readers(actor, case, told, now=now)
    note = Note(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now), case=case, circle=told.circle
    )
    closed = told.circle is not Circle.TEAM
    keys = sight.keys_for(actor, case.subject_id, now=now, klasses=[Klass.NOTE if closed else Klass.NARRATIVE])
    keys.put(note, "closed_text" if closed else "text", told.text.strip())
    note.save(force_insert=True)
    NoteReader.objects.bulk_create(
        NoteReader(
            **written(actor, id=derived(id, str(post)), subject_id=case.subject_id, content=[post], now=now),
            note=note,
            holder_id=post,
        )
        for post in sorted(set(told.readers))
    )
    return note


def _check_readers(actor: Actor, case: Case, told: NewNote, *, now: datetime) -> None:
    if not told.readers:
        return
    if told.circle is Circle.TEAM:
        raise DomainError("cases.readers_of_open_note", field="readers")
    holders = access.holders_of(case.subject_id, now=now, but=COMPLAINTS)
    posts = directory.posts(list(told.readers))
    for reader in told.readers:
        post = posts.get(reader)
        sees = {post_holder(reader), organisation_holder(actor.organisation_id or 0)} & holders
        if post is None or post.organisation_id != actor.organisation_id or not sees:
            raise DomainError("cases.reader_of_another_organisation", field="readers")


@command("cases.record_demand", needs=Permission.CASE_DISCLOSE)
def record_demand(actor: Actor, *, id: UUID, case_ref: str, told: NewDemand, now: datetime) -> Demand:
    """An investigator or a court asks for a note. It is written down, and the note stays as shut as it was."""
    case = get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Demand, actor, id=id, content=content):
        return again
    known({"who": [told.who]}, DEMANDERS)
    past(told.on, today=clock.day_of(now))
    if not told.ground.strip():
        raise DomainError("cases.ground_is_empty", field="ground")
    if told.note is not None and not Note.objects.filter(case=case, pk=told.note).exists():
        raise DomainError("cases.not_in_this_case", field="note")
    row = Demand(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        who=told.who,
        on=told.on,
        note_id=told.note,
    )
    sight.keys_for(actor, case.subject_id, now=now).put(row, "ground", told.ground.strip())
    row.save(force_insert=True)
    return row


@command("cases.record_word", needs=Permission.CASE_WORK)
def record_word(actor: Actor, *, id: UUID, case_ref: str, told: NewWord, now: datetime) -> Word:
    """A withdrawn complaint, a reconciliation, a hearing of aksakals. It closes, lowers and waives nothing."""
    case = get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Word, actor, id=id, content=content):
        return again
    known({"kind": [told.kind]}, list(Saying))
    past(told.on, today=clock.day_of(now))
    row = Word(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        kind=told.kind,
        on=told.on,
    )
    if told.told.strip():
        sight.keys_for(actor, case.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    history.append(actor, subject_id=case.subject_id, kind=str(told.kind), at=told.on, now=now)
    effects.ask_again(actor, case, now=now)
    return row


@command("cases.attach", needs=Permission.CASE_WORK)
def attach(actor: Actor, *, id: UUID, case_ref: str, name: str, content: bytes, now: datetime) -> Row:
    """Seal a file into the case, as it came."""
    case = get_case(actor, case_ref, now=now)
    keys = sight.keys_for(actor, case.subject_id, now=now, klasses=[Klass.EVIDENCE])
    return files.keep(actor, keys, id=id, subject_id=case.subject_id, name=name, content=content, now=now)

"""What the forms of a case offer: its people by code, the posts that may be added, the colleagues who may read."""

from datetime import datetime

from kalka.access import services as grants
from kalka.access.rules import COMPLAINTS
from kalka.cases import labels
from kalka.cases.listed import lang, relation
from kalka.cases.models import Member, Note, Participant
from kalka.cases.rules import Circle, Part
from kalka.cases.selectors.cases import get_case, speakers
from kalka.core import clock
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.directory import selectors as directory
from kalka.people import selectors as people
from kalka.places import selectors as places
from kalka.ui import writing
from kalka.ui.text import StrOrPromise

Pairs = list[tuple[str, StrOrPromise]]


def part_choices(actor: Actor, ref: str, *parts: Part, now: datetime, by_person: bool = False) -> Pairs:
    """The people of a case as codes alone: part, relation, sex and age. By participant, or by person."""
    case = get_case(actor, ref, now=now)
    rows = Participant.objects.filter(case=case).order_by("recorded_at", "id")
    found = [row for row in rows if not parts or row.part in parts]
    codes = people.codes(actor, case.subject_id, now=now)
    shown: dict[str, StrOrPromise] = {}
    for number, row in enumerate(found, start=1):
        known = codes[row.person_id]
        words = [labels.PARTS[row.part], labels.SEXES[known.sex], labels.BANDS[known.age_band]]
        if row.part != Part.PROTECTED and row.relation != "unknown":
            words.insert(1, relation(row.relation))
        shown.setdefault(str(row.person_id if by_person else row.pk), f"{number}. {' · '.join(map(str, words))}")
    return list(shown.items())


def post_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """The posts of the places around the case that do not see its file yet."""
    case = get_case(actor, ref, now=now)
    today = clock.day_of(now)
    standing = Member.objects.filter(case=case, scope="file").standing(today)
    inside = set(standing.values_list("holder", flat=True))
    above = places.chain(case.place)
    around = {*above, *places.within(above[1] if len(above) > 1 else case.place)}
    posts = [post for post in directory.staffed(today) if post.place in around and post.id not in inside]
    return [(str(post.id), f"{post.label(lang())} · {post.organisation_name(lang())}") for post in posts]


def reader_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """Colleagues of the actor's organisation who may see the case, but for who answers a complaint alone."""
    case = get_case(actor, ref, now=now)
    if actor.organisation_id is None:
        return []
    holders = grants.holders_of(case.subject_id, now=now, but=COMPLAINTS)
    whole = organisation_holder(actor.organisation_id) in holders
    posts = [post for post in directory.posts_at(actor.organisation_id) if post.id != actor.post_id]
    return [(str(post.id), post.label(lang())) for post in posts if whole or post_holder(post.id) in holders]


def speaker_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """Who may consent: never somebody said to have done it."""
    case = get_case(actor, ref, now=now)
    asked = {str(person) for person in speakers(actor, case.subject_id, now=now)}
    people_ = part_choices(actor, ref, Part.PROTECTED, Part.GUARDIAN, now=now, by_person=True)
    return [(person, words) for person, words in people_ if person in asked]


def organisation_choices(actor: Actor) -> Pairs:
    return [(str(one.id), one.label(lang())) for one in directory.organisations()]


def note_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """The professional notes of a case, by kind and day: what a demand may ask for."""
    case = get_case(actor, ref, now=now)
    notes = Note.objects.filter(case=case).exclude(circle=Circle.TEAM).order_by("recorded_at", "id")
    return [(str(note.pk), f"{labels.CIRCLES[note.circle]}, {_day(note)}") for note in notes]


def _day(note: Note) -> str:
    return writing.day(clock.day_of(note.recorded_at))

"""A sitting is called, put together, held, and closed."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases import services as case_services
from kalka.cases.rules import NewConsent
from kalka.committees import services as committees
from kalka.core.actors import Actor, organisation_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived, new_id, read_ref
from kalka.directory import selectors as directory
from kalka.families.means import with_means
from kalka.notices import services as notices
from kalka.sittings import rules, selectors
from kalka.sittings.catalogue import catalogue
from kalka.sittings.models import Item, Roll, Sitting, SittingEnd
from kalka.sittings.rules import NewItem, NewSitting, State
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written

CALLED, WORK = "sitting_called", "sitting"


@command("sittings.plan", needs=Permission.SITTING_KEEP)
def plan_sitting(actor: Actor, *, id: UUID, told: NewSitting, now: datetime) -> Sitting:
    """Call a sitting of the actor's own committee. Each member is told that there is one, and nothing of what for."""
    content = asdict(told)
    if again := repeated(Sitting, actor, id=id, content=content):
        return again
    organisation = directory.organisation(actor.organisation_id or 0)
    if organisation is None or organisation.kind != "committee":
        raise AccessDenied("sittings.no_committee")
    rules.check_sitting(told, now=now)
    row = Sitting(
        **written(actor, id=id, subject_id=new_id(), content=content, now=now),
        organisation_id=organisation.id,
        kind=told.kind,
        at=told.at,
        venue=told.venue,
    )
    new_keys(row.subject_id, [Klass.NARRATIVE])
    grants.grant(row.subject_id, organisation_holder(organisation.id), why="sitting", now=now)
    row.save(force_insert=True)
    if told.at > now:
        for post_id in sorted({one.post_id for one in selectors.members(actor, organisation.id, day_of(now))}):
            if post_id != actor.post_id:
                notices.alert(post_id, CALLED, subject_id=row.subject_id, now=now)
    return row


@command("sittings.put", needs=Permission.SITTING_ATTEND)
def put_item(
    actor: Actor, *, id: UUID, sitting_id: UUID, told: NewItem, agreed_until: date | None = None, now: datetime
) -> Item:
    """A case by its code, with her consent, or a topic. `agreed_until`: she agrees, said to whoever works with her.

    Topics are for whoever keeps the sitting; a case also for whoever works with it. Refuses a case without her consent
    with `sittings.no_consent`, one that is there, and a sitting that is over.
    """
    row = _open(actor, sitting_id, now)
    if not selectors.may_keep(actor, row) and not (told.of_case and selectors.may_ask(actor, told.case_ref, now=now)):
        raise AccessDenied("core.not_permitted")
    content = [sitting_id, asdict(told), agreed_until]
    if again := repeated(Item, actor, id=id, content=content):
        return again
    known, rows = catalogue(), Item.objects.filter(sitting=row)
    ref = read_ref(told.case_ref)
    there = list(rows.exclude(case_ref="").values_list("case_ref", flat=True))
    rules.check_item(told, topics=known.topics_of(row.kind), cases=list(known.cases), there=_shown(ref, told, there))
    subject, consent = _agreed(actor, ref, agreed_until, id, now) if told.of_case else (None, None)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    item = Item(
        **written(actor, id=id, subject_id=row.subject_id, content=content, now=now),
        sitting=row,
        number=last + 1,
        topic=told.topic,
        why=told.why,
        case_ref=ref if told.of_case else "",
        about=subject,
        consent_id=consent,
    )
    if told.words.strip():
        keys = access.keys_for(actor, row.subject_id, now=now, klasses=[Klass.NARRATIVE])
        keys.put(item, "words", told.words.strip())
    item.save(force_insert=True)
    return item


@command("sittings.hold", needs=Permission.SITTING_KEEP)
def hold_sitting(actor: Actor, *, id: UUID, sitting_id: UUID, came: Collection[int], now: datetime) -> Roll:
    """Who came, of those who are members on the day; said again, the last word holds. Refuses before the day, and
    whoever is no member."""
    row = _open(actor, sitting_id, now)
    content = [sitting_id, sorted(came)]
    if again := repeated(Roll, actor, id=id, content=content):
        return again
    day = day_of(row.at)
    if day > day_of(now):
        raise DomainError("sittings.not_yet", field="came")
    members = [one.holding_id for one in selectors.members(actor, row.organisation_id, day)]
    if not came or not set(came) <= set(members):
        raise DomainError("sittings.not_a_member", field="came")
    last = selectors.last_roll(actor, row, now=now)
    roll = Roll(
        **written(actor, id=id, subject_id=row.subject_id, content=content, now=now),
        sitting=row,
        number=last.number + 1 if last else 1,
        members=members,
        came=sorted(set(came)),
    )
    roll.save(force_insert=True)
    return roll


@command("sittings.end", needs=Permission.SITTING_KEEP)
def end_sitting(actor: Actor, *, id: UUID, sitting_id: UUID, how: str, now: datetime) -> SittingEnd:
    """It was held, or is called off. Refuses to close what nobody came to, and to call off what was decided at."""
    row = selectors.get_sitting(actor, sitting_id, now=now)
    if again := repeated(SittingEnd, actor, id=id, content=[sitting_id, how]):
        return again
    rules.known("how", how, [State.HELD, State.CANCELLED])
    _open(actor, sitting_id, now)
    roll = selectors.last_roll(actor, row, now=now)
    if (roll is not None) != (how == State.HELD):
        raise DomainError("sittings.nobody_came" if roll is None else "sittings.was_held")
    end = SittingEnd(
        **written(actor, id=id, subject_id=row.subject_id, content=[sitting_id, how], now=now), sitting=row, how=how
    )
    end.save(force_insert=True)
    if how == State.HELD:
        committees.worked(row.organisation_id, WORK, on=day_of(row.at))
    return end


def _open(actor: Actor, sitting_id: UUID, now: datetime) -> Sitting:
    """Nobody else changes it until the end of the command. Refuses `sittings.is_over`."""
    row = selectors.get_sitting(actor, sitting_id, now=now)
    Sitting.objects.select_for_update().get(pk=row.pk)
    if SittingEnd.objects.filter(sitting=row).exists():
        raise Stale("sittings.is_over")
    return row


def _shown(ref: str, told: NewItem, there: list[str]) -> list[str]:
    """As it was typed, so that the rule finds it."""
    return [told.case_ref] if ref in there else []


def _agreed(actor: Actor, ref: str, until: date | None, id: UUID, now: datetime) -> tuple[UUID, UUID]:
    found = selectors.consent(actor, ref, now=now)
    if found is None and until is not None:
        _ask(actor, ref, until, id, now)
        found = selectors.consent(actor, ref, now=now)
    if found is None:
        raise DomainError("sittings.no_consent", field="case_ref")
    return found


def _ask(actor: Actor, ref: str, until: date, id: UUID, now: datetime) -> None:
    """By whoever works with her and heard it. The committee knows her code from then on, and no more."""
    case = cases.get_case(actor, ref, now=now, scope=Scope.FILE)
    person = cases.protected_person(actor, case.subject_id, now=now)
    if person is None or actor.organisation_id is None:
        raise DomainError("sittings.no_consent", field="case_ref")
    given = NewConsent(organisation_id=actor.organisation_id, purpose="committee", given_by=person, until=until)
    able = with_means(actor, Permission.CASE_WORK)
    case_services.give_consent(able, id=derived(id, "consent"), case_ref=ref, told=given, now=now)

"""A committee decided that somebody is referred: the two who work with the family ask her, and nobody else does."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.core import clock, commands
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.families import asking, rules, selectors
from kalka.families.means import with_means
from kalka.families.models import HerWord, Work
from kalka.families.rules import ASKED, NewWord, Says
from kalka.referrals import services as referral_services
from kalka.referrals.rules.needs import NewChoice
from kalka.vault.rows import repeated, written

KINDS = {need: kind for kind, need in ASKED.items() if need != "social"}  # a programme is not all that is social


def ask_her(actor: Actor, *, case_ref: str, need_id: UUID, now: datetime) -> None:
    """A primitive: the duty of one of the two. Where no pair works with the case nobody is given it."""
    if not commands.inside():
        raise AccessDenied("families.outside_a_command")
    asking.ask(case_ref, need_id, now=now)


@command("families.her_word", needs=Permission.FAMILY_NOTE)
def record_her_word(actor: Actor, *, id: UUID, case_ref: str, need_id: UUID, told: NewWord, now: datetime) -> HerWord:
    """What she says to help the committee decided on. Wanted and agreed to, whoever does social work finds who helps.

    Refuses `families.not_agreed`, and a need she was asked about already.
    """
    family = selectors.get_family(actor, case_ref, now=now)
    content = [need_id, asdict(told)]
    if again := repeated(HerWord, actor, id=id, content=content):
        return again
    family = selectors.working(actor, case_ref, now=now)
    rules.check_word(told)
    need = next((one for one in selectors.to_ask(actor, family, now=now) if one.id == need_id), None)
    if need is None:
        raise Stale("families.was_asked", field="need")
    able = with_means(actor, Permission.REFERRAL_MAKE)
    referral_services.choose(
        able, id=derived(id, "says"), case_ref=family.case_ref, need_id=need.id, told=NewChoice(told.says), now=now
    )
    asking.was_asked(actor, family, need_id, now=now)
    shared = written(actor, id=id, subject_id=family.subject_id, content=content, now=now)
    row = HerWord(**shared, family=family, need_id=need_id, says=told.says)
    row.save(force_insert=True)
    if told.says == Says.WANTS:
        asking.find_help(actor, family, need_id, id=id, now=now)
        _noted(row, need.code)
    return row


def _noted(said: HerWord, code: str) -> None:
    """Work of the committee, where it is of the kinds that committees name."""
    if (kind := KINDS.get(code)) is None:
        return
    columns = ("subject_id", "author_id", "post_id", "digest", "recorded_at", "family_id", "need_id")
    same = {name: getattr(said, name) for name in columns}
    row = Work(**same, id=derived(said.pk, "work"), kind=kind, on=clock.day_of(said.recorded_at), asked=True)
    row.save(force_insert=True)

"""What is explained on arrival, and what is taken into keeping."""

from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.shelters import rules, selectors
from kalka.shelters.models import Belonging, GivenBack, RulesTold
from kalka.vault.rows import repeated, written


@command("shelters.tell_rules", needs=Permission.SHELTER_WORK)
def tell_rules(actor: Actor, *, id: UUID, stay_id: UUID, now: datetime) -> RulesTold:
    """The rules as they are now were explained and agreed to; told twice is once. Refuses while there are none."""
    stay = selectors.get_stay(actor, stay_id, now=now)
    rules_now = selectors.last_rules(actor, stay.shelter_id, now=now)
    if rules_now is None:
        raise DomainError("shelters.no_rules_yet")
    if there := RulesTold.objects.filter(stay=stay, rules=rules_now).first():
        return there
    content = [str(stay_id), str(rules_now.pk)]
    row = RulesTold(
        **written(actor, id=id, subject_id=stay.subject_id, content=content, now=now), stay=stay, rules=rules_now
    )
    row.save(force_insert=True)
    return row


@command("shelters.keep_belonging", needs=Permission.SHELTER_WORK)
def keep_belonging(actor: Actor, *, id: UUID, stay_id: UUID, what: str, now: datetime) -> Belonging:
    stay = selectors.get_stay(actor, stay_id, now=now)
    content = [str(stay_id), what]
    if again := repeated(Belonging, actor, id=id, content=content):
        return again
    what = rules.check_text(what, name="what", most=rules.SHORT, needed=True)
    row = Belonging(**written(actor, id=id, subject_id=stay.subject_id, content=content, now=now), stay=stay)
    access.keys_for(actor, stay.subject_id, now=now).put(row, "what", what)
    row.save(force_insert=True)
    return row


@command("shelters.give_back", needs=Permission.SHELTER_WORK)
def give_back(actor: Actor, *, id: UUID, belonging_id: UUID, now: datetime) -> GivenBack:
    """Also after she has left. Given back twice is once."""
    kept = selectors.get_belonging(actor, belonging_id, now=now)
    if there := GivenBack.objects.filter(belonging=kept).first():
        return there
    content = [str(belonging_id)]
    row = GivenBack(**written(actor, id=id, subject_id=kept.subject_id, content=content, now=now), belonging=kept)
    row.save(force_insert=True)
    return row

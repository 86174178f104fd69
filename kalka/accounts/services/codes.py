from datetime import datetime

from kalka.accounts import rules
from kalka.accounts.models import RecoveryCode, User
from kalka.accounts.services.entering import code_mac
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission

LENGTH = 10  # signs: fifty bits


@command("accounts.make_codes", needs=Permission.OWN_ACCOUNT)
def make_codes(actor: Actor, *, now: datetime) -> tuple[User, tuple[str, ...]]:
    """Ten codes that each replace the second step once. They are in this answer alone; the former ones are gone."""
    user = User.objects.select_for_update().get(id=actor.user_id)
    drawn = tuple(rules.new_code(LENGTH) for _ in range(rules.CODES))
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, mac=code_mac(user, code), made_at=now) for code in drawn)
    return user, tuple(rules.shown_code(code) for code in drawn)

"""What an installation does by itself, and how often. Times in seconds."""

from datetime import datetime

from kalka.accounts import attempts, drafts, guard, kept, own
from kalka.backups import attempting
from kalka.complaints import coming
from kalka.complaints import services as complaints
from kalka.core import chain, checkpoints
from kalka.core.actors import SYSTEM
from kalka.core.refs import new_id
from kalka.custody import handing
from kalka.custody import services as custody
from kalka.duties import batches
from kalka.followup import selectors as visits
from kalka.followup import services as followup
from kalka.jobs import upkeep
from kalka.jobs.periodic import Periodic
from kalka.legalaid import services as legalaid
from kalka.notices import delivery, hearing, sending
from kalka.orders import ending
from kalka.orders import services as orders
from kalka.oversight import watching
from kalka.people import indexing
from kalka.people import services as people
from kalka.prevention import services as prevention
from kalka.programmes import services as programmes
from kalka.referrals import services as referrals
from kalka.shelters import services as shelters
from kalka.sittings import services as sittings
from kalka.statistics import services as statistics
from kalka.strongroom import services as strongroom
from kalka.vault import rotation
from kalka.worker import adapting
from kalka.worker.escalating import escalate_all


def _seal(now: datetime) -> object:
    return chain.seal()


def _turn_key(now: datetime) -> object:
    return chain.turn_daily(now)


def _checkpoint(now: datetime) -> object:
    return checkpoints.make_if_grown(now=now)


def _escalate(now: datetime) -> object:
    return escalate_all(SYSTEM, now=now)


def _plan_visits(now: datetime) -> object:
    return followup.plan_visits(SYSTEM, now=now)


def _missed_visits(now: datetime) -> object:
    return sum(len(followup.missed(SYSTEM, now=now, late=some)) for some in batches.late(visits.MISSED, now))


def _hear_reports(now: datetime) -> object:
    """By her telephone; and where a report became a file of its own, by whoever says that it is she."""
    return len(complaints.hear_reports(SYSTEM, now=now)) + len(complaints.hear_matches(SYSTEM, now=now))


def _tell_free(now: datetime) -> object:
    return complaints.tell_free(SYSTEM, now=now)


def _tell_next(now: datetime) -> object:
    """Each some hundreds are kept by themselves."""
    return sum(len(complaints.tell_next(SYSTEM, now=now, coming=some)) for some in coming.coming_next(SYSTEM, now=now))


def _expired_orders(now: datetime) -> object:
    """All whose last day is over, however many: each some hundreds are kept by themselves."""
    noted = 0
    while some := orders.note_expired(SYSTEM, now=now):
        noted += len(some)
    return noted


def _expiring_orders(now: datetime) -> object:
    """As above, in one run, however many."""
    return sum(len(orders.note_expiring(SYSTEM, now=now, ends=some)) for some in ending.expiring(now))


def _keep_visited(now: datetime) -> object:
    return orders.keep_visited(SYSTEM, now=now)


def _require_programmes(now: datetime) -> object:
    return programmes.require(SYSTEM, now=now), programmes.keep_apart(SYSTEM, now=now)


def _demanded_orders(now: datetime) -> object:
    return orders.demand_orders(SYSTEM, now=now)


def _holds_over(now: datetime) -> object:
    return shelters.release_over(SYSTEM, now=now)


def _follow_consents(now: datetime) -> object:
    return referrals.follow_consents(SYSTEM, now=now)


def _chase_referrals(now: datetime) -> object:
    """Whatever was handed to somebody and not taken up comes back to whoever handed it over."""
    lapsed = legalaid.lapse(SYSTEM, now=now)
    undone = referrals.raise_undone(SYSTEM, now=now) + sittings.raise_undone(SYSTEM, now=now)
    return referrals.chase(SYSTEM, now=now), lapsed, undone


def _deliver(now: datetime) -> object:
    return delivery.deliver(sending.ways(), now)


def _listen(now: datetime) -> object:
    return hearing.listen(sending.ways().listening(), now)


def _find_pairs(now: datetime) -> object:
    return custody.sweep(SYSTEM, now=now), people.find_pairs(SYSTEM, now=now)


def _end_sessions(now: datetime) -> object:
    return own.end_those_ahead(now=now)


def _watch(now: datetime) -> object:
    return watching.watch(now)


def _figures(now: datetime) -> object:
    """Once a month: what there is already is not made again."""
    return statistics.release_month(SYSTEM, id=new_id(), now=now)


def _forget_drafts(now: datetime) -> object:
    return drafts.expire_drafts(now=now), kept.expire(now=now), guard.forget(now=now), attempts.forget(now=now)


def _take_back(now: datetime) -> object:
    return strongroom.take_back(SYSTEM, now=now), handing.ask_to_give(SYSTEM, now=now)


def _sweep_photos(now: datetime) -> object:
    return prevention.sweep_photos(SYSTEM, now=now)


def _rewrap(now: datetime) -> object:
    """A few seconds' work a minute while key-encryption keys change; else one small question."""
    return rotation.go_on(SYSTEM, pieces=20)


def _index(now: datetime) -> object:
    return indexing.keep(SYSTEM, now=now)


def _back_up(now: datetime) -> object:
    return attempting.nightly(now)


# By itself, so that nothing that takes long keeps the record open to change for more than five seconds.
SEALING = (
    Periodic("core.seal", 4, _seal),
    Periodic("core.turn_key", 600, _turn_key),
    Periodic("core.checkpoint", 3600, _checkpoint),
)
TABLE = (
    Periodic("notices.deliver", 10, _deliver),
    Periodic("notices.listen", 30, _listen),
    Periodic("jobs.revive", 60, upkeep.revive),
    Periodic("oversight.watch", 30, _watch),
    Periodic("accounts.end_sessions", 60, _end_sessions),
    Periodic("vault.rewrap", 60, _rewrap),
    Periodic("duties.roll", 300, _escalate),
    Periodic("followup.plan", 300, _plan_visits),
    Periodic("followup.missed", 300, _missed_visits),
    Periodic("complaints.hear_reports", 30, _hear_reports),
    Periodic("complaints.tell_free", 60, _tell_free),
    Periodic("complaints.tell_next", 300, _tell_next),
    Periodic("shelters.release_over", 60, _holds_over),
    Periodic("referrals.follow_consents", 30, _follow_consents),
    Periodic("referrals.chase", 300, _chase_referrals),
    Periodic("orders.note_expired", 900, _expired_orders),
    Periodic("orders.note_expiring", 900, _expiring_orders),
    Periodic("orders.keep_visited", 3600, _keep_visited),
    Periodic("orders.demand", 900, _demanded_orders),
    Periodic("programmes.require", 900, _require_programmes),
    Periodic("people.index", 300, _index),
    Periodic("people.find_pairs", 3600, _find_pairs),
    Periodic("accounts.forget_drafts", 900, _forget_drafts),
    Periodic("statistics.release", 3600, _figures),
    Periodic("strongroom.take_back", 3600, _take_back),
    Periodic("prevention.sweep_photos", 3600, _sweep_photos),
    Periodic("jobs.sweep", 86_400, upkeep.sweep),
    *adapting.table(),
)
# By itself as well: a copy of everything takes minutes. It is made once a night; this is how often that is looked at.
NIGHTLY = (Periodic("backups.nightly", 600, _back_up),)

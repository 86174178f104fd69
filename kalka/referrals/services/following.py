"""What time and taken-back consents do to referrals. Jobs of the installation: each run goes on where the last one
stopped, and a second run finds nothing left."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.notices import services as notices
from kalka.referrals import effects
from kalka.referrals.models import Chase, Referral, ReferralStep
from kalka.referrals.practice import practice
from kalka.referrals.rules.referral import UNANSWERED, NewStep, Step, Why
from kalka.vault.rows import written

PAGE, AT_ONCE = 1_000, 200
AGAIN, OTHER = "again", "other"


@command("referrals.follow_consents", needs=Permission.SYSTEM)
def follow_consents(actor: Actor, *, now: datetime) -> tuple[ReferralStep, ...]:
    """Every referral whose consent was taken back or has ended is withdrawn, and its duties end.

    Nobody who was asked sees it any more since then; this writes it down and tells whoever had the work.
    """
    done: list[ReferralStep] = []
    last = None
    while len(done) < AT_ONCE:
        rows = Referral.objects.unfinished().exclude(consent=None).order_by("pk")
        page = list(rows.filter(pk__gt=last)[:PAGE] if last else rows[:PAGE])
        agreed = cases.still_open(actor, {(one.subject_id, one.consent_id) for one in page if one.consent_id}, now=now)
        ended = [one for one in page if one.consent_id not in agreed]
        done += [_withdrawn(actor, one, now) for one in ended[: AT_ONCE - len(done)]]
        if len(page) < PAGE:
            break
        last = page[-1].pk
    return tuple(done)


def _withdrawn(actor: Actor, referral: Referral, now: datetime) -> ReferralStep:
    told = NewStep(Step.WITHDRAWN, Why.CONSENT)
    id = derived(referral.pk, "consent")
    return effects.move(actor, referral, told, id=id, content=[referral.pk], now=now)


@command("referrals.chase", needs=Permission.SYSTEM)
def chase(actor: Actor, *, now: datetime) -> tuple[Chase, ...]:
    """Whoever leaves a referral unanswered is asked again, and whoever leads there has it from then on; later whoever
    sent it is to find another way.

    Counted from the term of the law where it sets one, else from internal hours by how urgent the need is.
    """
    return (*_due(actor, AGAIN, now), *_due(actor, OTHER, now))


def _due(actor: Actor, what: str, now: datetime) -> tuple[Chase, ...]:
    made = Chase.objects.filter(referral=OuterRef("pk"), what=what)
    soonest = timedelta(hours=min(practice().chase_after.values()))
    old = Q(answer_by__lte=now) | Q(answer_by=None, recorded_at__lte=now - soonest)
    rows = Referral.objects.staged().filter(~Exists(made), old, Q(last__in=list(UNANSWERED)), asked__isnull=False)
    late = [one for one in rows.order_by("recorded_at", "id") if _moment(one, what) <= now]
    agreed = cases.still_open(actor, {(one.subject_id, one.consent_id) for one in late if one.consent_id}, now=now)
    return tuple(_chased(actor, one, what, now) for one in late[:AT_ONCE] if one.consent_id in agreed)


def _moment(referral: Referral, what: str) -> datetime:
    when = practice().chase_at if what == AGAIN else practice().choose_again_at
    return when(referral.recorded_at, referral.answer_by, referral.urgency)


def _chased(actor: Actor, referral: Referral, what: str, now: datetime) -> Chase:
    row = Chase(
        **written(actor, id=derived(referral.pk, what), subject_id=referral.subject_id, content=[what], now=now),
        referral=referral,
        what=what,
    )
    row.save(force_insert=True)
    if what == AGAIN:
        notices.alert(referral.asked_id, "referral_late", subject_id=referral.subject_id, now=now)  # type: ignore[arg-type]  # asked in the filter
        above = effects.raise_up(referral, now=now)
        if above is not None:
            notices.alert(above, "duty_overdue", subject_id=referral.subject_id, now=now)
        return row
    by = practice().decide_by(referral.urgency, now)
    effects.assign(effects.CHOOSE, referral, referral.post_id, by, effects.INTERNAL, now=now)
    if referral.post_id is not None:
        notices.alert(referral.post_id, "referral_unanswered", subject_id=referral.subject_id, now=now)
    return row

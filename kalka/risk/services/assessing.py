"""Judging, confirming a level, agreeing to a lower one."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.history import services as history
from kalka.instruments.shape import Edition
from kalka.risk import effects, offered, rules, selectors, tables
from kalka.risk.graded import Graded, graded
from kalka.risk.labels import Named
from kalka.risk.levels import Level
from kalka.risk.models import Assessment, Countersign, Judgement, NotAlone
from kalka.risk.recorded import written_down
from kalka.risk.rules import JUDGEMENT_LASTS, NewAssessment, place
from kalka.vault.keys import Keys
from kalka.vault.rows import repeated, written


@command("risk.not_alone", needs=Permission.RISK_ASSESS)
def note_not_alone(actor: Actor, *, id: UUID, case_ref: str, now: datetime) -> NotAlone:
    """She could not speak freely. Nothing is assessed, and until it is she is protected as at a high level."""
    case = cases.get_case(actor, case_ref, now=now)
    if again := repeated(NotAlone, actor, id=id, content=["not alone"]):
        return again
    row = NotAlone(**written(actor, id=id, subject_id=case.subject_id, content=["not alone"], now=now), case_id=case.pk)
    row.save(force_insert=True)
    standing = selectors.current(actor, case.subject_id, now=now)
    measures = tables.measures()
    if standing is None or standing.expired:
        asked = measures.at(measures.not_alone, rose=False)
        effects.protect(actor, case.subject_id, case.ref, asked, str(measures.not_alone), now=now)
    kind = "risk.reassess" if standing else "risk.assess"
    due_at = now + timedelta(hours=measures.not_alone_again_within_hours)
    effects.give(actor, case.subject_id, case.ref, kind, due_at, now=now)
    return row


@command("risk.judge", needs=Permission.RISK_ASSESS)
def record_judgement(actor: Actor, *, id: UUID, case_ref: str, told: NewAssessment, now: datetime) -> Judgement:
    """Keep the answers and the officer's own judgement, before the form has said anything. Choking, an injury and her
    own thoughts of death alert at once, whether or not a level is ever confirmed.

    Refuses a talk that was not private, a judgement without a reason, a form that is not in use, whose text is not
    loaded or that is not made for this case (`risk.form_does_not_fit`, with why in words).
    """
    case = cases.get_case(actor, case_ref, now=now)
    if again := repeated(Judgement, actor, id=id, content=asdict(told)):
        return again
    edition = offered.edition(told.instrument, told.edition)
    if excluded := selectors.excluded(actor, case.subject_id, edition, now=now):
        raise DomainError("risk.form_does_not_fit", field="form", why=Named(excluded))
    rules.check(told, edition)
    row = Judgement(
        **written(actor, id=id, subject_id=case.subject_id, content=asdict(told), now=now),
        case_id=case.pk,
        instrument=edition.id,
        edition=edition.version,
        edition_digest=edition.digest,
        alone=told.alone,
        device_at=told.device_at,
    )
    keys = access.keys_for(actor, case.subject_id, now=now)
    keys.put(row, "answers", _answers(actor, case.subject_id, told, edition, now=now))
    keys.put(row, "judged", {"level": told.judged, "reason": told.reason.strip()})
    found = graded(row, keys)  # refuses an answer the form does not know
    row.save(force_insert=True)
    effects.raise_alerts(actor, row, found.result, now=now)
    return row


def _answers(
    actor: Actor, subject_id: UUID, told: NewAssessment, edition: Edition, *, now: datetime
) -> Mapping[str, object]:
    known = selectors.counted(actor, subject_id, edition, now=now)
    facts = selectors.facts(actor, subject_id, edition, now=now)
    said = {
        "victim_suicidality": True if told.victim_suicidality == "yes" else None,
        "officer_belief": True if edition.rank(told.judged) == len(edition.levels) - 1 else None,
    }
    return {
        "given": rules.answered(told, edition, known),
        "facts": facts | said,
        "victim_suicidality": told.victim_suicidality,
        "register": written_down(selectors.register(actor, subject_id, now=now)),
    }


@command("risk.assess", needs=Permission.RISK_ASSESS)
def confirm(
    actor: Actor,
    *,
    id: UUID,
    judgement_id: UUID,
    level: str,
    raised_reason: str = "",
    seen: str | None = None,
    now: datetime,
) -> Assessment:
    """Set the level: what the form and the judgement say, or higher with a reason.

    One that is lower than what stands is `proposed` and waits for a second person. Refuses `risk.only_upwards`,
    `risk.reason_missing`, `risk.judgement_too_old`, `risk.already_confirmed`, and `risk.assessed_meanwhile` where
    another level than was `seen` has been set since; as unknown another's judgement.
    """
    judgement = selectors.get_judgement(actor, judgement_id, now=now)
    content = [judgement_id, level, raised_reason]
    if again := repeated(Assessment, actor, id=id, content=content):
        return again
    _open_for_confirming(judgement, now)
    if seen is not None and seen != selectors.version(actor, judgement.subject_id, now=now):
        raise Stale("risk.assessed_meanwhile")
    keys = access.keys_for(actor, judgement.subject_id, now=now)
    found = graded(judgement, keys)
    final = rules.final(found.edition, found.result, found.judged, level, raised_reason)
    before = selectors.current(actor, judgement.subject_id, now=now)
    row = _assessment(actor, judgement, found, final, before, id=id, content=content, now=now)
    _seal(row, found, final, raised_reason, keys)
    row.save(force_insert=True)
    day = clock.day_of(now)
    history.append(actor, subject_id=row.subject_id, kind="assessed", at=day, now=now, source=row.instrument)
    if row.proposed:
        effects.ask_second_person(actor, row, now=now)
    else:
        effects.take_effect(actor, row, before, now=now)
    return row


def _open_for_confirming(judgement: Judgement, now: datetime) -> None:
    Judgement.objects.select_for_update().get(pk=judgement.pk)  # two at once would set two levels
    if Assessment.objects.filter(judgement=judgement).exists():
        raise Stale("risk.already_confirmed")
    if now - judgement.recorded_at > JUDGEMENT_LASTS:
        raise DomainError("risk.judgement_too_old", hours=int(JUDGEMENT_LASTS.total_seconds()) // 3600)


def _assessment(
    actor: Actor,
    judgement: Judgement,
    found: Graded,
    final: str,
    before: Level | None,
    *,
    id: UUID,
    content: object,
    now: datetime,
) -> Assessment:
    edition, result = found.edition, found.result
    position = rules.position(edition, final)
    worst = rules.position(edition, rules.highest(edition, result, final))
    periods = [rules.period_hours(edition, result, final, redo=tables.measures().redo_within_hours)]
    if running := selectors.practice_at(actor, actor.post_id):
        periods.append(running.pack.within(place(position), place(worst)))
    hours = min((one for one in periods if one), default=None)
    asked, unanswered = rules.answered_share(found.given)
    return Assessment(
        **written(actor, id=id, subject_id=judgement.subject_id, content=content, now=now),
        case=judgement.case,
        judgement=judgement,
        instrument=edition.id,
        edition=edition.version,
        level=position,
        level_max=worst,
        computed=rules.position(edition, result.level),
        asked=asked,
        unanswered=unanswered,
        status=result.status,
        proposed=before is not None and rules.lowers(place(position), place(before.position)),
        assessed_on=clock.day_of(now),
        expires_at=now + timedelta(hours=hours) if hours else None,
    )


def _seal(row: Assessment, found: Graded, final: str, raised_reason: str, keys: Keys) -> None:
    keys.put(row, "result", {"said": found.result.as_json(), "final": final, "judged": found.judged})
    if raised_reason.strip():
        keys.put(row, "raised_reason", raised_reason.strip())


@command("risk.countersign", needs=Permission.RISK_ASSESS)
def countersign(
    actor: Actor, *, id: UUID, assessment_id: UUID, agreed: bool, reason: str, now: datetime
) -> Countersign:
    """A second person, in a leading post, agrees to a lower level or does not; only then does it stand.

    Refuses `risk.lead_alone`, `risk.not_by_oneself`, `risk.not_waiting`, `risk.overtaken`, `risk.reason_missing`.
    """
    row = selectors.get_assessment(actor, assessment_id, now=now)
    if again := repeated(Countersign, actor, id=id, content=[assessment_id, agreed, reason]):
        return again
    _may_agree(actor, row, agreed, now)
    told = rules.reason(reason, "reason")
    signed = Countersign(
        **written(actor, id=id, subject_id=row.subject_id, content=[assessment_id, agreed, reason], now=now),
        assessment=row,
        agreed=agreed,
    )
    keys = access.keys_for(actor, row.subject_id, now=now)
    keys.put(signed, "reason", told)
    before = selectors.current(actor, row.subject_id, now=now)
    signed.save(force_insert=True)
    if agreed:
        effects.take_effect(actor, row, before, now=now)
    effects.second_person_is_done(actor, row, now=now)
    return signed


def _may_agree(actor: Actor, row: Assessment, agreed: bool, now: datetime) -> None:
    if not selectors.leads(actor):
        raise DomainError("risk.lead_alone")
    if row.author_id == actor.user_id:
        raise DomainError("risk.not_by_oneself")
    Assessment.objects.select_for_update().get(pk=row.pk)
    if not Assessment.objects.waiting().filter(pk=row.pk).exists():
        raise Stale("risk.not_waiting")
    if agreed and _overtaken(actor, row, now):
        raise Stale("risk.overtaken")


def _overtaken(actor: Actor, row: Assessment, now: datetime) -> bool:
    """A newer level stands, or something has happened since that no lower level may hide."""
    standing = selectors.current(actor, row.subject_id, now=now)
    newer = standing is not None and standing.assessed_at > row.recorded_at
    return newer or bool(selectors.happened_since(actor, row.subject_id, row.recorded_at, now=now))

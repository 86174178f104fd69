from datetime import date

import pytest

from kalka.core.permissions import Permission as P
from kalka.directory.roles import CATEGORIES, EVERYBODY, GROUPS, KINDS, ROLES
from kalka.lawbook.codes import subjects_on

PRODUCT = (
    "committee_secretary committee_member police_inspector supervising_officer social_worker child_protection"
    " health_worker educator crisis_worker psychologist shelter_worker window_coordinator hotline_operator"
    " shift_supervisor lawyer probation_officer penitentiary_officer prosecutor regional_coordinator"
    " ministry_coordinator institution_reporter analyst tender_commissioner applicant administrator auditor"
)
CONTENT = {
    permission
    for permission in P
    if permission.value.split(":")[0] in {"intake", "cases", "risk", "orders", "followup"} or permission is P.SEARCH
}
CONTENT |= {p for p in P if p.value.split(":")[0] in {"findings", "support", "legalaid"}}
CONTENT |= {P.REFERRAL_MAKE, P.BOARD_READ}
OF_NOBODY = {P.RISK_MONITOR, P.PRACTICE_SET}  # shares, and by which practice one works


AROUND_COMMITTEES = {
    p
    for p in P
    if p.value.split(":")[0] in set("committees families sittings prevention library training results".split())
}


def own(role: str) -> set[P]:
    return set(ROLES[role].permissions - EVERYBODY)


def test_every_role_of_the_product_is_there_and_no_other():
    assert set(ROLES) == set(PRODUCT.split())


def test_everybody_has_today_and_an_account_and_nobody_is_the_system():
    assert EVERYBODY == {P.TODAY, P.OWN_ACCOUNT}
    for role in ROLES.values():
        assert role.permissions >= EVERYBODY and P.SYSTEM not in role.permissions


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("administrator", {P.USERS_MANAGE, P.POSTS_MANAGE, P.PLACES_IMPORT, P.JOBS_READ, P.BACKUP_READ}),
        ("auditor", {P.AUDIT_READ, P.ALARM_READ, P.OPENING_REVIEW, P.ERASE}),
        ("committee_member", {P.DUTY_END}),
        (
            "prosecutor",
            {P.ORDER_READ, P.PROCEEDING_READ, P.STATISTICS_READ, P.PAPER_READ, P.PAPER_ANSWER, P.PROGRAMME_READ},
        ),
        ("regional_coordinator", {P.DUTY_OVERSEE, P.STATISTICS_READ, P.SHELTER_SEE_FREE, P.RISK_MONITOR}),
        (
            "ministry_coordinator",
            {P.DUTY_OVERSEE, P.STATISTICS_READ, P.EXPORT_ASK, P.EXPORT_APPROVE, P.ERASE}
            | {P.GUIDE_EDIT, P.GUIDE_EDIT_ALL, P.SHELTER_SEE_FREE, P.RISK_MONITOR, P.PRACTICE_SET},
        ),
        ("analyst", {P.STATISTICS_READ, P.STATISTICS_RELEASE, P.EXPORT_ASK, P.EXPORT_APPROVE, P.RISK_MONITOR}),
        ("shelter_worker", {P.DUTY_END, P.SHELTER_WORK, P.SHELTER_SEE_FREE, P.SHELTER_HOLD, P.REFERRAL_ANSWER}),
        ("penitentiary_officer", {P.DUTY_END, P.CUSTODY_TELL, P.PROGRAMME_READ, P.PROGRAMME_WORK}),
        ("probation_officer", {P.DUTY_END, P.ORDER_READ, P.PROGRAMME_READ, P.PROGRAMME_WORK}),
        ("applicant", set()),
        ("tender_commissioner", {P.STATISTICS_READ}),
        ("institution_reporter", set()),
    ],
)
def test_who_looks_after_the_system_or_the_figures_sees_no_file(role, may):
    assert own(role) - AROUND_COMMITTEES == may
    assert role in {"prosecutor", "probation_officer"} or not may & (CONTENT - OF_NOBODY)


COORDINATORS = {P.COMMITTEE_READ, P.COMMITTEE_FOUND, P.FAMILY_COUNT, P.EVENT_READ, P.LIBRARY_READ, P.LIBRARY_KEEP}
COORDINATORS |= {P.STORY_REVIEW, P.TRAINING_READ, P.TRAINING_KEEP, P.RESULTS_READ, P.RESULTS_ACKNOWLEDGE}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("committee_member", {P.FAMILY_NOTE, P.FAMILY_COUNT, P.SITTING_ATTEND, P.LIBRARY_READ}),
        ("regional_coordinator", COORDINATORS),
        ("ministry_coordinator", COORDINATORS | {P.TRAINING_SET}),
        ("analyst", {P.TRAINING_READ, P.RESULTS_READ}),
        *((role, set()) for role in ("administrator", "auditor", "prosecutor", "institution_reporter", "applicant")),
    ],
)
def test_around_committees_they_see_figures_and_what_is_public(role, may):
    assert own(role) & AROUND_COMMITTEES == may


def test_managing_people_and_reading_the_record_are_never_in_one_hand():
    for role in ROLES:
        assert not {P.POSTS_MANAGE, P.AUDIT_READ} <= own(role)
        assert not (own(role) & {P.USERS_MANAGE, P.POSTS_MANAGE, P.AUDIT_READ} and own(role) & CONTENT)


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (P.RISK_ASSESS, "police_inspector supervising_officer"),
        (P.ORDER_REGISTER, "police_inspector supervising_officer"),
        (P.REPORTER_OPEN, "police_inspector social_worker"),
        (P.CASE_CLOSE, "social_worker window_coordinator"),
        (P.AUDIT_READ, "auditor"),
        (P.USERS_MANAGE, "administrator"),
        (P.GUIDE_EDIT_ALL, "ministry_coordinator"),
        (P.SHELTER_WORK, "crisis_worker shelter_worker"),
        (P.FINDING_WRITE, "health_worker"),
        (P.SCHOOL_REPORT, "educator"),
        (P.CHILD_HAND_OVER, "child_protection"),
        (P.LEGAL_WORK, "lawyer"),
        (P.PROGRAMME_SEND, "police_inspector supervising_officer"),
        (P.PROGRAMME_WORK, "probation_officer penitentiary_officer"),
        (P.PROGRAMME_READ, "police_inspector supervising_officer probation_officer penitentiary_officer prosecutor"),
        (P.PROCEEDING_KEEP, "police_inspector supervising_officer"),
        (P.PERPETRATOR_READ, "police_inspector supervising_officer"),
        (P.CUSTODY_TELL, "police_inspector supervising_officer penitentiary_officer"),
        (P.COUNSEL_WORK, "psychologist"),
        (P.SUPPORT_WORK, "social_worker child_protection crisis_worker window_coordinator"),
    ],
)
def test_what_weighs_most_is_in_few_hands(permission, roles):
    assert {role for role in ROLES if permission in own(role)} == set(roles.split())


def test_whoever_acts_on_a_file_may_read_it():
    for role in ROLES:
        if own(role) & {P.CASE_WORK, P.CASE_NOTE, P.CASE_CLOSE, P.CASE_DISCLOSE}:
            assert P.CASE_READ in own(role), role
        if own(role) & {P.CASE_OPEN}:
            assert {P.REPORT_READ, P.CASE_READ} <= own(role), role
        for acts, reads in (
            (P.RISK_ASSESS, P.RISK_READ),
            (P.ORDER_REGISTER, P.ORDER_READ),
            (P.VISIT_LOG, P.VISIT_READ),
            (P.FINDING_WRITE, P.FINDING_SEE),
            (P.SCHOOL_REPORT, P.FINDING_SEE),
            (P.FINDING_READ, P.FINDING_SEE),
            (P.SUPPORT_WORK, P.SUPPORT_GIVE),
            (P.SUPPORT_GIVE, P.SUPPORT_READ),
            (P.LEGAL_WORK, P.LEGAL_READ),
            (P.PROCEEDING_KEEP, P.PROCEEDING_READ),
        ):
            assert acts not in own(role) or reads in own(role), role


def test_whoever_may_be_asked_for_a_shut_note_can_write_the_demand_down():
    for role in ("psychologist", "lawyer", "health_worker"):
        assert {P.CASE_NOTE, P.CASE_DISCLOSE} <= own(role)


def test_titles_are_complete_and_tell_roles_apart():
    for lang in ("ky", "ru", "en"):
        for titles in ([role.titles[lang] for role in ROLES.values()], [kind.titles[lang] for kind in KINDS.values()]):
            assert len(set(titles) - {""}) == len(titles)
    assert all("ЖК" not in role.titles["ky"] for role in ROLES.values())


def test_a_kind_of_organisation_names_a_subject_the_law_book_knows():
    known = {subject.code for day in (date(2024, 8, 6), date(2024, 8, 7)) for subject in subjects_on(day)}
    assert {kind.subject for kind in KINDS.values()} - {""} <= known


def test_members_of_committees_are_counted_in_three_groups_of_eight_categories():
    assert {code: [one.code for one in CATEGORIES.values() if one.group == code] for code in GROUPS} == {
        "state": ["police", "health", "education", "social"],
        "community": ["councils", "advocates"],
        "self_government": ["executive", "deputies"],
    }
    assert all(set(one.titles) == {"ky", "ru", "en"} for one in CATEGORIES.values())

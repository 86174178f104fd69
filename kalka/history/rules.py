from enum import StrEnum


class EventKind(StrEnum):
    REPORT_RECEIVED = "report_received"
    CASE_OPENED = "case_opened"
    CASE_CLOSED = "case_closed"
    CASE_REOPENED = "case_reopened"
    INCIDENT = "incident"
    ORDER_REGISTERED = "order_registered"
    ORDER_SERVED = "order_served"
    ORDER_BREACHED = "order_breached"
    ORDER_EXTENDED = "order_extended"
    ORDER_REVOKED = "order_revoked"
    ORDER_EXPIRED = "order_expired"
    ASSESSED = "assessed"
    VISIT_MADE = "visit_made"
    VISIT_MISSED = "visit_missed"
    WITHDRAWAL = "withdrawal"
    RECONCILIATION = "reconciliation"
    AKSAKAL_HEARING = "aksakal_hearing"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CHILD_NOTICE = "child_notice"
    PROCEEDING_OPENED = "proceeding_opened"
    PROCEEDING_REFUSED = "proceeding_refused"
    FOUND_GUILTY = "found_guilty"
    DETAINED = "detained"
    RELEASE_PLANNED = "release_planned"  # a day to come was told; `on` is the day it became known
    RELEASED = "released"
    WEAPON_FOUND = "weapon_found"
    WEAPON_TAKEN = "weapon_taken"
    WEAPON_RETURNED = "weapon_returned"
    CALL_IN_ORDER = "call_in_order"  # she called for help while an order ran
    VISIT_DENIED = "visit_denied"  # she says that nobody came

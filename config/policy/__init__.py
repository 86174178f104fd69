"""Who may ask what of which address: the one declared table. An address that is not here stops the start.

`about` names the kind of object the path points at: its row-level rule is `access.visible`, and what is not visible
answers exactly like what does not exist.
"""

from dataclasses import replace

from config.policy.help import HELP
from config.policy.local import LOCAL
from config.policy.protection import PROTECTION
from config.policy.rule import Rule, program, public, sensitive, staff
from kalka.core.permissions import Permission as P
from kalka.core.scopes import TokenScope as S

__all__ = ["POLICY", "Rule", "program", "public", "sensitive", "staff"]

ACCOUNTS = {
    "accounts:sign_in": public("GET", "POST", secret=True),
    "accounts:code": public("GET", "POST", secret=True),
    "accounts:enrol": public("GET", "POST", secret=True),
    "accounts:recovery_code": public("GET", "POST", secret=True),
    "accounts:confirm": Rule({"GET": P.OWN_ACCOUNT, "POST": P.OWN_ACCOUNT}, secret=True),
    "accounts:recover": public("GET", "POST", secret=True),
    "accounts:recovery": staff(GET=P.OWN_ACCOUNT, POST=P.OWN_ACCOUNT),
    "accounts:outside": public("GET"),
    "accounts:outside_back": public("GET", "POST"),
    "accounts:outside_name": sensitive(staff(GET=P.OWN_ACCOUNT, POST=P.OWN_ACCOUNT)),
    "accounts:passkey": public("GET", "POST"),
    "accounts:passkey_ask": public("POST"),
    "accounts:passkey_confirm": staff(POST=P.OWN_ACCOUNT),
    "accounts:passkey_add": sensitive(staff(POST=P.OWN_ACCOUNT)),
    "accounts:passkeys": sensitive(staff(GET=P.OWN_ACCOUNT, POST=P.OWN_ACCOUNT)),
    "accounts:app": replace(sensitive(staff(GET=P.OWN_ACCOUNT, POST=P.OWN_ACCOUNT)), secret=True),
    "accounts:codes": sensitive(staff(GET=P.OWN_ACCOUNT, POST=P.OWN_ACCOUNT)),
    "accounts:end_sessions": staff(POST=P.OWN_ACCOUNT),
    "accounts:language": public("POST"),
    "accounts:sign_out": staff(POST=P.OWN_ACCOUNT),
    "accounts:end_session": staff(POST=P.OWN_ACCOUNT),
    "accounts:password": Rule({"GET": P.OWN_ACCOUNT, "POST": P.OWN_ACCOUNT}, secret=True),
}

DESK = {
    "desk:today": staff(GET=P.TODAY),
    "desk:case": staff("case", GET=P.CASE_READ),
    "desk:openings": staff("case", GET=P.CASE_READ),
    "desk:cases_csv": sensitive(staff(GET=P.CASE_READ)),
    "desk:figures_own": staff(GET=P.CASE_READ),
    "desk:orders_csv": sensitive(staff(GET=P.ORDER_READ)),
    "desk:search": staff(GET=P.SEARCH, POST=P.SEARCH),
    "desk:search_more": staff(POST=P.SEARCH),
    "desk:search_answer": staff("ask", GET=P.DUTY_END, POST=P.DUTY_END),
    "desk:searches": staff(GET=P.DUTY_END),
    "desk:search_reason": staff("search", GET=P.DUTY_END, POST=P.DUTY_END),
    "desk:pairs": staff(GET=P.CASE_WORK),
    "desk:pair": staff("pair", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "desk:me": staff(GET=P.OWN_ACCOUNT),
    "desk:post": staff(POST=P.OWN_ACCOUNT),
    "desk:log": staff(GET=P.AUDIT_READ),
    "desk:checkpoint": staff(GET=P.AUDIT_READ, POST=P.AUDIT_READ),
    "desk:posts": staff(GET=P.POSTS_MANAGE),
    "desk:post_new": staff(GET=P.POSTS_MANAGE, POST=P.POSTS_MANAGE),
    "desk:strongroom": replace(sensitive(staff(GET=P.OWN_ACCOUNT, POST=P.OWN_ACCOUNT)), secret=True),
    "desk:recoveries": sensitive(staff(GET=P.OWN_ACCOUNT, POST=P.OWN_ACCOUNT)),
    "desk:outside_name": sensitive(staff(GET=P.USERS_MANAGE, POST=P.USERS_MANAGE)),
    "desk:recovery_ask": sensitive(staff(GET=P.USERS_MANAGE, POST=P.USERS_MANAGE)),
    "desk:appoint": staff("post", GET=P.POSTS_MANAGE, POST=P.POSTS_MANAGE),
}

DUTIES = {
    "duties:oversee": staff(GET=P.DUTY_OVERSEE),
    "duties:finish": staff("duty", GET=P.DUTY_END, POST=P.DUTY_END),
    "duties:waive": staff("duty", GET=P.DUTY_END, POST=P.DUTY_END),
    "duties:hand_over": staff("duty", GET=P.DUTY_END, POST=P.DUTY_END),
}

INTAKE = {
    "intake:list": staff(GET=P.REPORT_READ),
    "intake:new": staff(GET=P.REPORT_RECEIVE, POST=P.REPORT_RECEIVE),
    "intake:draft": staff(POST=P.REPORT_RECEIVE),
    "intake:report": staff("report", GET=P.REPORT_READ),
    "intake:correct": staff("report", GET=P.REPORT_RECEIVE, POST=P.REPORT_RECEIVE),
    "intake:triage": staff("report", GET=P.REPORT_TRIAGE, POST=P.REPORT_TRIAGE),
    "intake:reporter": staff("report", GET=P.REPORTER_OPEN, POST=P.REPORTER_OPEN),
    "intake:receipt": staff("report", GET=P.REPORT_RECEIVE, POST=P.REPORT_RECEIVE),
}

CASES = {
    "cases:list": staff(GET=P.CASE_READ),
    "cases:open": staff("report", GET=P.CASE_OPEN, POST=P.CASE_OPEN),
    "cases:person": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "cases:correct": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "cases:identity": staff("case", POST=P.CASE_READ),
    "cases:incident": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "cases:consent": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "cases:withdraw_consent": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "cases:team": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "cases:leave_team": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "cases:note": staff("case", GET=P.CASE_NOTE, POST=P.CASE_NOTE),
    "cases:demand": staff("case", GET=P.CASE_DISCLOSE, POST=P.CASE_DISCLOSE),
    "cases:word": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "cases:attach": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "cases:file": staff("case", GET=P.CASE_READ),
    "cases:conflict": staff("case", GET=P.CASE_READ, POST=P.CASE_READ),
    "cases:conflict_by_code": staff(GET=P.TODAY, POST=P.TODAY),
    "cases:who_i_am": Rule({"GET": P.OWN_ACCOUNT, "POST": P.OWN_ACCOUNT}, secret=True),
    "cases:walls": staff("case", GET=P.CASE_WALL, POST=P.CASE_WALL),
    "cases:wall_lift": staff("case", GET=P.CASE_WALL, POST=P.CASE_WALL),
    "cases:glass": sensitive(staff(GET=P.GLASS_ASK, POST=P.GLASS_ASK)),
    "cases:glass_decide": sensitive(staff("opening", GET=P.GLASS_APPROVE, POST=P.GLASS_APPROVE)),
}

OVERSIGHT = {
    "oversight:openings": staff(GET=P.OPENING_REVIEW),
    "oversight:opening": staff("opening", GET=P.OPENING_REVIEW, POST=P.OPENING_REVIEW),
    "oversight:alarms": staff(GET=P.ALARM_READ),
    "oversight:alarm": staff("alarm", GET=P.ALARM_READ, POST=P.ALARM_READ),
    "oversight:baits": staff(GET=P.ALARM_READ),
    "oversight:bait_new": staff(GET=P.ALARM_READ, POST=P.ALARM_READ),
}

# One line an address; a program shows a token here, and nowhere else. An address without a scope stops the start.
API = {
    "api:contract": public("GET"),
    "api:reports": program(GET=(P.REPORT_READ, S.REPORTS_READ)),
    "api:report": program("report", GET=(P.REPORT_READ, S.REPORTS_READ), PUT=(P.REPORT_RECEIVE, S.REPORTS_WRITE)),
    "api:report_case": program("report", PUT=(P.CASE_OPEN, S.CASES_WRITE)),
    "api:cases": program(GET=(P.CASE_READ, S.CASES_READ)),
    "api:case": program("case", GET=(P.CASE_READ, S.CASES_READ)),
    "api:duties": program(GET=(P.TODAY, S.DUTIES_READ)),
    "api:duty_end": program("duty", PUT=(P.DUTY_END, S.DUTIES_WRITE)),
    "api:orders": program(GET=(P.ORDER_READ, S.ORDERS_READ)),
    "api:authorities": program(GET=(P.ORDER_REGISTER, S.ORDERS_WRITE)),
    "api:order_lookup": program(POST=(P.ORDER_READ, S.ORDERS_READ)),
    "api:order": program("order", GET=(P.ORDER_READ, S.ORDERS_READ), PUT=(P.ORDER_REGISTER, S.ORDERS_WRITE)),
    "api:order_service": program("order", PUT=(P.ORDER_REGISTER, S.ORDERS_WRITE)),
    "api:order_number": program("order", PUT=(P.ORDER_REGISTER, S.ORDERS_WRITE)),
    "api:statistics": program(GET=(P.STATISTICS_READ, S.STATISTICS_READ)),
    "api:statistics_releases": program(GET=(P.STATISTICS_READ, S.STATISTICS_READ)),
    "api:statistics_table": program(GET=(P.STATISTICS_READ, S.STATISTICS_READ)),
    "api:statistics_choices": program(GET=(P.STATISTICS_READ, S.STATISTICS_READ)),
    "api:law": program(GET=(P.TODAY, S.LAW_READ)),
    "api:places": program(GET=(P.TODAY, S.PLACES_READ)),
}

RISK = {
    "risk:assess": staff("case", GET=P.RISK_ASSESS, POST=P.RISK_ASSESS),
    "risk:draft": staff("case", POST=P.RISK_ASSESS),
    "risk:judge": staff("case", GET=P.RISK_ASSESS, POST=P.RISK_ASSESS),
    "risk:result": staff("case", GET=P.RISK_ASSESS, POST=P.RISK_ASSESS),
    "risk:show": staff("case", GET=P.RISK_READ),
    "risk:court": staff("case", GET=P.RISK_READ),
    "risk:countersign": staff("case", GET=P.RISK_ASSESS, POST=P.RISK_ASSESS),
}

ORDERS = {
    "orders:list": staff(GET=P.ORDER_READ),
    "orders:without": staff(GET=P.ORDER_READ),
    "orders:no_order": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "orders:lookup": staff(GET=P.ORDER_READ, POST=P.ORDER_READ),
    "orders:register": staff("case", GET=P.ORDER_REGISTER, POST=P.ORDER_REGISTER),
    "orders:order": staff("order", GET=P.ORDER_READ),
    "orders:complete": staff("order", GET=P.ORDER_REGISTER, POST=P.ORDER_REGISTER),
    "orders:serve": staff("order", GET=P.ORDER_REGISTER, POST=P.ORDER_REGISTER),
    "orders:extend": staff("order", GET=P.ORDER_REGISTER, POST=P.ORDER_REGISTER),
    "orders:revoke": staff("order", GET=P.ORDER_REGISTER, POST=P.ORDER_REGISTER),
    "orders:breach": staff("order", GET=P.VISIT_LOG, POST=P.VISIT_LOG),
    "orders:paper": staff("order", GET=P.ORDER_READ),
}

FOLLOWUP = {
    "followup:visit": staff("case", GET=P.VISIT_LOG, POST=P.VISIT_LOG),
    "followup:correct": staff("case", GET=P.VISIT_LOG, POST=P.VISIT_LOG),
    "followup:print": staff("case", GET=P.VISIT_LOG),
}

CLOSURE = {
    "closure:close": staff("case", GET=P.CASE_CLOSE, POST=P.CASE_CLOSE),
    "closure:reopen": staff("case", GET=P.CASE_WORK, POST=P.CASE_WORK),
}

STATISTICS = {
    "statistics:list": staff(GET=P.STATISTICS_READ),
    "statistics:everything": staff(GET=P.STATISTICS_READ),
    "statistics:release": staff(GET=P.STATISTICS_RELEASE, POST=P.STATISTICS_RELEASE),
    "statistics:indicator": staff(GET=P.STATISTICS_READ),
    "statistics:csv": staff(GET=P.STATISTICS_READ),
    "statistics:xlsx": staff(GET=P.STATISTICS_READ),
    "statistics:exports": staff(GET=P.EXPORT_ASK),
    "statistics:export_ask": staff(GET=P.EXPORT_ASK, POST=P.EXPORT_ASK),
    "statistics:export": staff("export", GET=P.EXPORT_ASK),
    "statistics:export_approve": sensitive(staff("export", GET=P.EXPORT_APPROVE, POST=P.EXPORT_APPROVE)),
    "statistics:export_csv": sensitive(staff("export", GET=P.EXPORT_ASK)),
    "statistics:export_xlsx": sensitive(staff("export", GET=P.EXPORT_ASK)),
}

PORTAL = {
    "portal:refused": public("POST"),
    "portal:start": public("GET"),
    "portal:start_in": public("GET"),
    "portal:find": public("GET"),
    "portal:find_in": public("GET"),
    "portal:receipt": public("GET", "POST"),
    "portal:receipt_in": public("GET", "POST"),
    "portal:feed": public("GET"),
    "portal:feed_tables": public("GET"),
}

NOTICES = {
    "notices:way": staff("person", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "notices:tell": staff("person", GET=P.CASE_WORK, POST=P.CASE_WORK),
    "notices:invite": staff("person", POST=P.CASE_WORK),
}

BACKUPS = {
    "backups:state": staff(GET=P.BACKUP_READ),
}

POLICY: dict[str, Rule] = {
    **ACCOUNTS,
    **PORTAL,
    **DESK,
    **DUTIES,
    **INTAKE,
    **CASES,
    **OVERSIGHT,
    **ORDERS,
    **RISK,
    **FOLLOWUP,
    **NOTICES,
    **HELP,
    **LOCAL,
    **PROTECTION,
    **CLOSURE,
    **STATISTICS,
    **BACKUPS,
    **API,
}

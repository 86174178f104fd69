"""Every page a person of the staff can open, by whom it is used, over the files that were filled in."""

from dataclasses import dataclass
from typing import Any

FULL = "/cases/{full[ref]}/"


@dataclass(frozen=True, slots=True)
class PageOf:
    name: str
    login: str  # "" is anybody
    path: str


def page_of(name: str, filled: dict[str, Any]) -> PageOf:
    return next(page for page in pages(filled) if page.name == name)


def pages(filled: dict[str, Any]) -> list[PageOf]:
    return [PageOf(name, login, path.format_map(filled)) for name, login, path in PAGES]


PAGES = (
    ("sign-in", "", "/sign-in/"),
    ("portal", "", "/info/"),
    ("nowhere", "", "/nowhere/"),
    ("today", "inspektor", "/"),
    ("today-empty", "advokat", "/"),
    ("today-secretary", "katchy", "/"),
    ("me", "katchy", "/me/"),
    ("password", "katchy", "/me/password/"),
    ("passkey", "", "/sign-in/passkey/"),
    ("recover", "", "/sign-in/recover/"),
    ("passkeys", "katchy", "/me/passkeys/"),
    ("app", "katchy", "/me/app/"),
    ("recovery-codes", "katchy", "/me/recovery-codes/"),
    ("confirm", "katchy", "/me/confirm/"),
    ("recovery", "katchy", "/me/recovery/"),
    ("recoveries", "admin", "/recoveries/"),
    ("recovery-ask", "admin", "/recoveries/ask/"),
    ("outside-name", "admin", "/posts/outside/"),
    ("who-i-am", "katchy", "/me/who-i-am/"),
    ("conflict-by-code", "katchy", "/conflict/"),
    ("emergency", "sotsial", "/emergency/"),
    ("alarms", "auditor", "/alarms/"),
    ("openings", "auditor", "/openings/"),
    ("baits", "auditor", "/baits/"),
    ("bait-new", "auditor", "/baits/new/"),
    ("strongroom", "kriziz", "/me/strongroom/"),
    ("search", "sotsial", "/search/"),
    ("searches", "ofitser", "/search/made/"),
    ("search-reason", "ofitser", "/search/made/{search}/"),
    ("pairs", "sotsial", "/same/"),
    ("pair", "sotsial", "/same/{pair}/"),
    ("record", "auditor", "/record/"),
    ("record-checkpoint", "auditor", "/record/checkpoint/"),
    ("backups", "admin", "/backups/"),
    ("posts", "admin", "/posts/"),
    ("post-new", "admin", "/posts/new/"),
    ("post", "admin", "/posts/{posts[katchy]}/"),
    ("late", "aimak", "/duties/late/"),
    ("reports", "katchy", "/reports/"),
    ("reports-triage", "sotsial", "/reports/?state=to_triage"),
    ("report-new", "katchy", "/reports/new/"),
    ("report", "katchy", "/reports/{full[report]}/"),
    ("report-screams", "inspektor", "/reports/{reports[screams]}/"),
    ("report-unsure", "sotsial", "/reports/{reports[unsure]}/"),
    ("report-correct", "katchy", "/reports/{full[report]}/correct/"),
    ("report-triage", "sotsial", "/reports/{reports[unsure]}/triage/"),
    ("report-reporter", "sotsial", "/reports/{reports[named]}/reporter/"),
    ("case-open", "sotsial", "/cases/open/{reports[unsure]}/"),
    ("cases", "sotsial", "/cases/"),
    ("case", "sotsial", FULL),
    ("openings", "sotsial", FULL + "openings/"),
    ("case-inspector", "inspektor", FULL),
    ("case-coordinator", "koordinator", FULL),
    ("case-waiting", "ofitser", "/cases/{waiting[ref]}/"),
    ("case-closed", "koordinator", "/cases/{closed[ref]}/"),
    ("person", "sotsial", FULL + "person/"),
    ("person-correct", "sotsial", FULL + "person/{full[person]}/"),
    ("incident", "sotsial", FULL + "incident/"),
    ("consent", "sotsial", FULL + "consent/"),
    ("consent-withdraw", "sotsial", FULL + "consent/{full[consent]}/withdraw/"),
    ("team", "sotsial", FULL + "team/"),
    ("team-leave", "sotsial", FULL + "team/{full[member]}/leave/"),
    ("note", "sotsial", FULL + "note/"),
    ("demand", "koordinator", FULL + "demand/"),
    ("word", "sotsial", FULL + "word/"),
    ("attach", "sotsial", FULL + "attach/"),
    ("conflict", "inspektor", FULL + "conflict/"),
    ("walls", "koordinator", FULL + "walls/"),
    ("risk", "inspektor", FULL + "risk/"),
    ("risk-show", "inspektor", FULL + "risk/{full[assessment]}/"),
    ("risk-court", "inspektor", FULL + "risk/{full[assessment]}/court/"),
    ("risk-countersign", "ofitser", "/cases/{waiting[ref]}/risk/{waiting[assessment]}/countersign/"),
    ("orders", "inspektor", "/orders/"),
    ("orders-lookup", "inspektor", "/orders/lookup/"),
    ("order-new", "inspektor", FULL + "orders/new/"),
    ("order", "inspektor", FULL + "orders/{full[order]}/"),
    ("order-pending", "inspektor", FULL + "orders/{full[pending]}/"),
    ("order-number", "inspektor", FULL + "orders/{full[pending]}/number/"),
    ("order-serve", "inspektor", FULL + "orders/{full[pending]}/serve/"),
    ("order-extend", "inspektor", FULL + "orders/{full[order]}/extend/"),
    ("order-revoke", "inspektor", FULL + "orders/{full[order]}/revoke/"),
    ("order-breach", "inspektor", FULL + "orders/{full[order]}/breach/"),
    ("visit", "inspektor", FULL + "visit/"),
    ("visit-correct", "inspektor", FULL + "visit/{full[visit_id]}/correct/"),
    ("duty", "inspektor", "/duties/{full[duty_id]}/done/"),
    ("duty-waive", "inspektor", "/duties/{full[duty_id]}/let-go/"),
    ("duty-hand-over", "inspektor", "/duties/{full[duty_id]}/hand-over/"),
    ("close-blocked", "koordinator", FULL + "close/"),
    ("figures", "analitik", "/figures/"),
    ("figure", "analitik", "/figures/of/orders/"),
    ("figure-raions", "prokuror", "/figures/of/orders/?by=raion&period=2025"),
    ("figure-oblast", "prokuror", "/figures/of/reports/?place=41704000000000&period=2026"),
    ("figure-parts", "prokuror", "/figures/of/orders/?by=term&period=2025"),
    ("figures-own", "ofitser", "/figures/own/"),
    ("releases", "analitik", "/figures/release/"),
    ("lines", "analitik", "/figures/lines/"),
    ("lines-ask", "analitik", "/figures/lines/ask/"),
    ("lines-asked", "analitik", "/figures/lines/{lines}/"),
    ("lines-decide", "ministrlik", "/figures/lines/{lines}/decide/"),
    ("reopen", "koordinator", "/cases/{closed[ref]}/reopen/"),
)

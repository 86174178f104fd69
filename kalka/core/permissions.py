"""Everything that can be permitted, once. Roles are sets of these, as data."""

from enum import StrEnum


class Permission(StrEnum):
    SYSTEM = "core:system:act"  # jobs of the installation itself; no person holds it

    TODAY = "desk:today:read"
    SEARCH = "desk:search:make"
    OWN_ACCOUNT = "accounts:self:manage"
    USERS_MANAGE = "accounts:user:manage"
    POSTS_MANAGE = "directory:post:manage"
    PLACES_IMPORT = "places:place:import"
    AUDIT_READ = "core:audit:read"
    JOBS_READ = "jobs:job:read"

    REPORT_RECEIVE = "intake:report:receive"
    REPORT_READ = "intake:report:read"
    REPORT_TRIAGE = "intake:report:triage"
    REPORT_IMPORT = "intake:report:import"
    REPORTER_OPEN = "intake:reporter:open"

    CASE_OPEN = "cases:case:open"
    CASE_READ = "cases:case:read"
    CASE_WORK = "cases:case:work"  # incidents, people, consent, team, attachments
    CASE_NOTE = "cases:note:write"
    CASE_CLOSE = "cases:case:close"
    CASE_DISCLOSE = "cases:demand:record"
    CASE_WALL = "cases:wall:raise"  # shut a member of staff out of a case; with a second person, take that back
    GLASS_ASK = "cases:glass:ask"  # to see for some hours what is not shown
    GLASS_APPROVE = "cases:glass:approve"  # the second person

    ALARM_READ = "oversight:alarm:read"
    OPENING_REVIEW = "oversight:opening:review"  # what was opened by break-glass: right or not

    RISK_ASSESS = "risk:assessment:make"
    RISK_READ = "risk:assessment:read"

    ORDER_REGISTER = "orders:order:register"
    ORDER_READ = "orders:order:read"

    VISIT_LOG = "followup:visit:log"
    VISIT_READ = "followup:visit:read"

    DUTY_END = "duties:duty:end"
    DUTY_OVERSEE = "duties:duty:oversee"

    STATISTICS_READ = "statistics:table:read"
    STATISTICS_RELEASE = "statistics:release:make"  # copy, count, protect, publish
    EXPORT_ASK = "statistics:export:ask"  # lines about single persons, without identity
    EXPORT_APPROVE = "statistics:export:approve"  # the second person

    ERASE = "custody:file:erase"  # destroy a file's keys; two persons of two posts hold it, neither works on files

    BACKUP_READ = "backups:backup:read"  # when the last one was made and the last drill succeeded

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
    RISK_CALL = "risk:trigger:note"  # something happened that asks for a new assessment
    RISK_MONITOR = "risk:monitoring:read"  # how assessments are kept; nobody's
    PRACTICE_SET = "risk:practice:set"  # what one's institution works by, by an act that is cited

    ORDER_REGISTER = "orders:order:register"
    ORDER_READ = "orders:order:read"

    PROCEEDING_READ = "proceedings:proceeding:read"
    PROCEEDING_KEEP = "proceedings:proceeding:keep"  # write down what others opened and decided; custody; weapons
    CUSTODY_TELL = "proceedings:custody:tell"  # when somebody who is held will be free, and that he is
    PERPETRATOR_READ = "perpetrators:person:read"  # one person across cases, orders and programmes

    PROGRAMME_SEND = "programmes:enrolment:send"  # somebody of a case to a corrective programme
    PROGRAMME_READ = "programmes:enrolment:read"  # how far he is whom the own post sent; who was never sent
    PROGRAMME_WORK = "programmes:group:work"  # groups, sessions, who comes; nothing of a case

    VISIT_LOG = "followup:visit:log"
    VISIT_READ = "followup:visit:read"
    VISIT_ASK = "followup:visit:ask"  # ask her, from outside the police, whether a visit was made
    VISIT_CHECK = "followup:visit:check"  # whether what was written down of visits can be

    CALL_NOTE = "complaints:call:note"  # she called while an order ran
    CALL_ANSWER = "complaints:call:answer"
    PAPER_READ = "complaints:paper:read"  # codes, days and times; her words with the file alone
    PAPER_FILE = "complaints:paper:file"  # write a complaint, an application or an appeal with her
    PAPER_ANSWER = "complaints:paper:answer"

    FINDING_WRITE = "findings:clinic:write"  # what an examination found
    SCHOOL_REPORT = "findings:school:write"  # what a school noticed in a child
    FINDING_SEE = "findings:finding:see"  # what the own post wrote, or was sent
    FINDING_READ = "findings:finding:read"  # what others found, once acknowledged
    CHILD_HAND_OVER = "findings:school:hand_over"  # to 111; show, take back for the child's own side

    SHELTER_WORK = "shelters:stay:work"  # the beds of one's own shelter, and whoever stays there
    SHELTER_SEE_FREE = "shelters:place:count"  # how many places are free in a region; never where
    SHELTER_HOLD = "shelters:place:hold"  # keep one for somebody on the way; write down who found none

    DUTY_END = "duties:duty:end"
    DUTY_OVERSEE = "duties:duty:oversee"

    STATISTICS_READ = "statistics:table:read"
    STATISTICS_RELEASE = "statistics:release:make"  # copy, count, protect, publish
    EXPORT_ASK = "statistics:export:ask"  # lines about single persons, without identity
    EXPORT_APPROVE = "statistics:export:approve"  # the second person

    ERASE = "custody:file:erase"  # destroy a file's keys; two persons of two posts hold it, neither works on files

    REFERRAL_MAKE = "referrals:referral:make"  # ask what is needed, and others for help
    REFERRAL_ANSWER = "referrals:referral:answer"  # say for one's own organisation whether it helps
    BOARD_READ = "referrals:board:read"  # who waits for what, by code

    GUIDE_EDIT = "guide:entry:edit"  # what one's own organisation offers
    GUIDE_EDIT_ALL = "guide:entry:edit_all"  # what anybody offers

    SUPPORT_READ = "support:plan:read"
    SUPPORT_GIVE = "support:service:give"  # note the help of one's own profession, and what one's post was to do
    SUPPORT_WORK = "support:plan:work"  # goals, every service, aid, safety plan, her word

    LEGAL_READ = "legalaid:request:read"
    LEGAL_ASK = "legalaid:request:make"  # ask for an advocate whom the state pays, and appoint one
    LEGAL_WORK = "legalaid:request:work"  # as that advocate; days in villages
    COUNSEL_ASK = "legalaid:waiting:make"  # put somebody on the list of a psychologist
    COUNSEL_WORK = "legalaid:session:hold"

    COMMITTEE_READ = "committees:committee:read"  # where committees are and how they stand; nobody's name
    COMMITTEE_KEEP = "committees:committee:keep"  # one's own: its members, its plan, who is who around it
    COMMITTEE_FOUND = "committees:committee:found"  # write down that one was founded, and in which project

    TRAINING_READ = "training:course:read"  # courses and what they came to; nobody's name
    TRAINING_KEEP = "training:course:keep"  # enter courses, rolls, results, certificates, focal points
    TRAINING_SET = "training:period:set"  # how often focal points are trained, by an act that is cited

    EVENT_READ = "prevention:event:read"  # what was held in one's territory; small figures rounded
    EVENT_KEEP = "prevention:event:keep"  # of one's own organisation
    LIBRARY_READ = "library:material:read"
    LIBRARY_KEEP = "library:material:keep"  # put materials in, hand them out
    STORY_TELL = "library:story:tell"
    STORY_REVIEW = "library:story:review"  # the second person, before others see it

    SITTING_ATTEND = "sittings:sitting:attend"  # of one's own committee: the agenda by codes, and what was decided
    SITTING_KEEP = "sittings:sitting:keep"  # call it, write down who came and what was decided

    FAMILY_NOTE = "families:family:note"  # note a family, and work with those the own post was seated for
    FAMILY_COUNT = "families:family:count"  # how many there are; never which

    RESULTS_READ = "results:results:read"  # what committees did; few families are never told
    RESULTS_SEND = "results:report:send"  # of a quarter of one's own committee
    RESULTS_ACKNOWLEDGE = "results:report:acknowledge"  # of the committees in one's territory

    BACKUP_READ = "backups:backup:read"  # when the last one was made and the last drill succeeded

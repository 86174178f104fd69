"""What each address that writes does to what is there already. One that stands nowhere here must answer a stale page
with 409: `tests/security/test_stale.py` tries it."""

# A thing of its own: nobody can have changed it before.
MAKES = {
    "api:order",
    "api:report",
    "cases:glass",
    "committees:found",
    "complaints:call_new",
    "complaints:paper_new",
    "committees:member_new",
    "committees:project",
    "desk:checkpoint",
    "desk:post_new",
    "desk:recovery_ask",
    "desk:search_more",
    "families:note",
    "findings:clinic_new",
    "findings:school_new",
    "guide:location",
    "guide:new",
    "guide:provider",
    "legalaid:group_new",
    "notices:invite",
    "referrals:conference_new",
    "referrals:place",  # as the next one, from a case
    "sittings:new",
    "shelters:hold",  # which bed it becomes is the database's: tests/deep/test_last_bed.py
    "shelters:new",
    "shelters:place_new",
    "shelters:turn_away",
    "shelters:turned",
    "support:sheet",
    "intake:new",
    "oversight:bait_new",
    "statistics:export_ask",
    "statistics:release",
    "library:conference_new",
    "library:new",
    "library:story_new",
    "prevention:new",
    "programmes:group_new",
    "training:new",
    "training:programme",
}
# One more line beside those that stand: two who write at once both stand, and neither word is lost.
ADDS = {
    "cases:attach",
    "cases:consent",
    "cases:demand",
    "cases:incident",
    "cases:note",
    "cases:person",
    "cases:team",
    "cases:walls",
    "cases:word",
    "committees:approve",  # once by each: the second is told that it stands
    "committees:describe",  # the last word holds, and those before are kept
    "committees:leave",  # who has left is there no more
    "committees:member",  # the last card holds, and those before are kept
    "committees:office",  # the office before ends, and is kept
    "committees:plan",  # as a card
    "committees:tasks",  # once: the second is told
    "committees:undertaking",  # as above
    "committees:who",  # as a card
    "desk:outside_name",
    "families:seat",  # an answer of the own post; asked and answered, it is there for nobody any more
    "families:step",  # a line more; what has ended says so
    "complaints:call",  # another answer stands beside the first
    "followup:correct",
    "followup:said",  # as above
    "findings:acknowledge",
    "findings:acknowledge_of_case",
    "findings:hand_over",
    "findings:show",
    "followup:visit",
    "guide:list",  # that all is still so today: a day, the same whoever says it
    "guide:take",  # a whole document; what an entry said before is kept
    "intake:correct",
    "intake:receipt",  # a new one ends the one before, which is kept; the page says that there is one
    "notices:tell",  # the same message that still waits is not written a second time
    "monitoring:answer",  # once: the second is told that somebody answered
    "monitoring:register",
    "monitoring:step",  # a line more; lifted, it says so
    "orders:breach",
    "orders:no_order",  # the newest reason stands, and those before are kept
    "legalaid:group",
    "legalaid:new",
    "legalaid:session",
    "proceedings:hold",  # once: the second is told that he is held
    "proceedings:new",
    "proceedings:step",
    "proceedings:weapon",
    "orders:register",
    "results:acknowledge",  # once: the second finds it read
    "results:reports",  # a further report of the quarter replaces the one before, which is kept
    "risk:assess",
    "risk:happened",
    "risk:judge",
    "risk:practice",  # the last one holds, and those before are kept
    "referrals:stay",  # of another case it is refused, whoever looked when
    "library:material",  # copies that were handed over: a line more
    "library:story",  # read once: the second is told that somebody was faster
    "library:version",
    "prevention:photo",  # a photo of one's own that nobody else sees
    "prevention:photo_new",
    "prevention:roll",  # the newest counts; what was kept before stays
    "prevention:withdraw",  # what was taken back already says so
    "programmes:case",  # once: the second is told that he is in a programme
    "programmes:evasion",  # a proceeding more; who decided is asked no more
    "programmes:session",  # the last mark holds, and those before are kept; a group that has changed says so
    "programmes:step",  # what cannot follow what stands says so
    "programmes:threat",
    "sittings:addendum",
    "sittings:conflict",
    "sittings:decide",
    "sittings:decision",  # what became of it, once: the second is told that it is written down
    "sittings:put",
    "sittings:roll",  # who came, said again; what was said before is kept
    "sittings:sitting",  # that it is over: what is over says so
    "shelters:child",
    "shelters:give_back",
    "shelters:keep",
    "shelters:rules_told",
    "support:add_action",
    "support:aid",
    "support:contact",
    "support:document",
    "support:goal",
    "support:outcome",
    "support:receipt",
    "support:service",
    "support:word",
    "training:certificates",  # for whoever has none
    "training:enrol",
    "training:focal",
    "training:learnt",
    "training:measure",
    "training:period",  # the last one holds, and those before are kept
    "training:results",  # as above
    "training:take_back",  # what was taken back already says so
}
# One's own alone: an account, a draft, stepping back from a file.
OWN = {
    "cases:conflict",
    "cases:conflict_by_code",
    "cases:who_i_am",
    "desk:post",
    "desk:strongroom",
    "intake:draft",
    "risk:draft",
    "support:say",
    "support:say_in",
}
# Sent, and not in an address, because of what is asked. Nothing is changed.
ASKS = {
    "api:order_lookup",
    "cases:identity",
    "desk:search",
    "intake:reporter",
    "training:check",
    "training:check_in",
    "orders:lookup",
    "portal:receipt",
    "portal:receipt_in",
    "portal:refused",
    "shelters:where",
}

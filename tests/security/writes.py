"""What each address that writes does to what is there already. One that stands nowhere here must answer a stale page
with 409: `tests/security/test_stale.py` tries it."""

# A thing of its own: nobody can have changed it before.
MAKES = {
    "api:order",
    "api:report",
    "cases:glass",
    "desk:checkpoint",
    "desk:post_new",
    "desk:recovery_ask",
    "desk:search_more",
    "findings:clinic_new",
    "findings:school_new",
    "guide:location",
    "guide:new",
    "guide:provider",
    "legalaid:group_new",
    "notices:invite",
    "referrals:conference_new",
    "referrals:place",  # as the next one, from a case
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
    "desk:outside_name",
    "followup:correct",
    "findings:acknowledge",
    "findings:acknowledge_of_case",
    "findings:hand_over",
    "findings:show",
    "followup:visit",
    "guide:list",  # that all is still so today: a day, the same whoever says it
    "guide:take",  # a whole document; what an entry said before is kept
    "intake:correct",
    "notices:tell",  # the same message that still waits is not written a second time
    "orders:breach",
    "legalaid:group",
    "legalaid:new",
    "legalaid:session",
    "orders:register",
    "risk:assess",
    "risk:judge",
    "referrals:stay",  # of another case it is refused, whoever looked when
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
    "orders:lookup",
    "portal:refused",
    "shelters:where",
}

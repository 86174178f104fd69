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
    "followup:visit",
    "intake:correct",
    "orders:breach",
    "orders:register",
    "risk:assess",
    "risk:judge",
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
}
# Sent, and not in an address, because of what is asked. Nothing is changed.
ASKS = {"api:order_lookup", "cases:identity", "desk:search", "intake:reporter", "orders:lookup", "portal:refused"}

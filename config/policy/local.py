"""Who may ask what of the addresses of local committees and of prevention."""

from config.policy.rule import Rule, public, staff
from kalka.core.permissions import Permission as P

PREVENTION = {
    "prevention:list": staff(GET=P.EVENT_READ),
    "prevention:new": staff(GET=P.EVENT_KEEP, POST=P.EVENT_KEEP),
    "prevention:event": staff("event", GET=P.EVENT_READ),
    "prevention:withdraw": staff("event", GET=P.EVENT_KEEP, POST=P.EVENT_KEEP),
    "prevention:roll": staff("event", GET=P.EVENT_KEEP, POST=P.EVENT_KEEP),
    "prevention:photo_new": staff("event", GET=P.EVENT_KEEP, POST=P.EVENT_KEEP),
    "prevention:photo": staff("photo", GET=P.EVENT_KEEP, POST=P.EVENT_KEEP),
    "prevention:picture": staff("photo", GET=P.EVENT_KEEP),
}

LIBRARY = {
    "library:list": staff(GET=P.LIBRARY_READ),
    "library:new": staff(GET=P.LIBRARY_KEEP, POST=P.LIBRARY_KEEP),
    "library:material": staff(GET=P.LIBRARY_READ, POST=P.LIBRARY_KEEP),
    "library:version": staff(GET=P.LIBRARY_KEEP, POST=P.LIBRARY_KEEP),
    "library:file": staff(GET=P.LIBRARY_READ),
    "library:conference_new": staff(GET=P.LIBRARY_KEEP, POST=P.LIBRARY_KEEP),
    "library:conference": staff(GET=P.LIBRARY_READ),
    "library:stories": staff(GET=P.LIBRARY_READ),
    "library:story_new": staff(GET=P.STORY_TELL, POST=P.STORY_TELL),
    "library:story": staff("story", GET=P.LIBRARY_READ, POST=P.STORY_REVIEW),
}

TRAINING: dict[str, Rule] = {
    "training:list": staff(GET=P.TRAINING_READ),
    "training:programme": staff(GET=P.TRAINING_KEEP, POST=P.TRAINING_KEEP),
    "training:new": staff(GET=P.TRAINING_KEEP, POST=P.TRAINING_KEEP),
    "training:course": staff(GET=P.TRAINING_READ),
    **{
        f"training:{name}": staff("course", GET=P.TRAINING_KEEP, POST=P.TRAINING_KEEP)
        for name in ("enrol", "results", "measure", "certificates")
    },
    "training:paper": staff("course", GET=P.TRAINING_KEEP),
    "training:take_back": staff("thing", GET=P.TRAINING_KEEP, POST=P.TRAINING_KEEP),
    "training:focal": staff(GET=P.TRAINING_KEEP, POST=P.TRAINING_KEEP),
    "training:learnt": staff("focal", GET=P.TRAINING_KEEP, POST=P.TRAINING_KEEP),
    "training:period": staff(GET=P.TRAINING_SET, POST=P.TRAINING_SET),
    "training:check": public("GET", "POST"),
    "training:check_in": public("GET", "POST"),
}

COMMITTEES: dict[str, Rule] = {
    "committees:list": staff(GET=P.COMMITTEE_READ),
    "committees:found": staff(GET=P.COMMITTEE_FOUND, POST=P.COMMITTEE_FOUND),
    "committees:project": staff(GET=P.COMMITTEE_FOUND, POST=P.COMMITTEE_FOUND),
    "committees:one": staff(GET=P.COMMITTEE_READ),
    "committees:approve": staff("committee", GET=P.COMMITTEE_READ, POST=P.COMMITTEE_READ),
    "committees:own": staff(GET=P.COMMITTEE_KEEP),
    **{
        f"committees:{name}": staff(GET=P.COMMITTEE_KEEP, POST=P.COMMITTEE_KEEP)
        for name in ("describe", "plan", "who", "member_new")
    },
    **{
        f"committees:{name}": staff("holding", GET=P.COMMITTEE_KEEP, POST=P.COMMITTEE_KEEP)
        for name in ("member", "office", "undertaking", "leave", "tasks")
    },
}

FAMILIES: dict[str, Rule] = {
    "families:register": staff(GET=P.FAMILY_COUNT),
    "families:note": staff(GET=P.FAMILY_NOTE, POST=P.FAMILY_NOTE),
    "families:family": staff("family", GET=P.FAMILY_NOTE),
    "families:seat": staff("family_seat", GET=P.FAMILY_NOTE, POST=P.FAMILY_NOTE),
    "families:step": staff("family", GET=P.FAMILY_NOTE, POST=P.FAMILY_NOTE),
}

SITTINGS: dict[str, Rule] = {
    "sittings:list": staff(GET=P.SITTING_ATTEND),
    "sittings:new": staff(GET=P.SITTING_KEEP, POST=P.SITTING_KEEP),
    "sittings:sitting": staff("sitting", GET=P.SITTING_ATTEND, POST=P.SITTING_KEEP),
    "sittings:put": staff("sitting", GET=P.SITTING_ATTEND, POST=P.SITTING_ATTEND),
    "sittings:roll": staff("sitting", GET=P.SITTING_KEEP, POST=P.SITTING_KEEP),
    "sittings:minutes": staff("sitting", GET=P.SITTING_ATTEND),
    "sittings:decide": staff("item", GET=P.SITTING_KEEP, POST=P.SITTING_KEEP),
    "sittings:conflict": staff("item", GET=P.SITTING_ATTEND, POST=P.SITTING_ATTEND),
    "sittings:decision": staff("resolution", GET=P.SITTING_ATTEND, POST=P.SITTING_ATTEND),
    "sittings:addendum": staff("resolution", GET=P.SITTING_KEEP, POST=P.SITTING_KEEP),
}

RESULTS = {
    "results:page": staff(GET=P.RESULTS_READ),
    "results:file": staff(GET=P.RESULTS_READ),
    "results:reports": staff(GET=P.RESULTS_READ, POST=P.RESULTS_SEND),
    "results:acknowledge": staff(POST=P.RESULTS_ACKNOWLEDGE),
    "results:open": public("GET"),
    "results:open_in": public("GET"),
}

LOCAL = PREVENTION | LIBRARY | TRAINING | COMMITTEES | FAMILIES | SITTINGS | RESULTS

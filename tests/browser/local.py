"""The pages of local committees and of prevention, by whom each is used."""

MEMBER = "/committee/members/{committee[member]}/"
OF_COMMITTEES = (
    ("committees", "ministrlik", "/committees/"),
    ("committees-near", "aimak", "/committees/?place=41704000000000"),
    ("committees-new", "ministrlik", "/committees/new/"),
    ("committees-project", "ministrlik", "/committees/project/"),
    ("committee-public", "ministrlik", "/committees/{committee[id]}/"),
    ("committee-approve", "katchy", "/committees/{committee[id]}/approve/"),
    ("committee", "katchy", "/committee/"),
    ("committee-describe", "katchy", "/committee/describe/"),
    ("committee-plan", "katchy", "/committee/plan/"),
    ("committee-who", "katchy", "/committee/who/"),
    ("committee-member-new", "katchy", "/committee/members/new/"),
    ("committee-member", "katchy", MEMBER),
    ("committee-office", "katchy", MEMBER + "office/"),
    ("committee-undertaking", "katchy", MEMBER + "undertaking/"),
    ("committee-leave", "katchy", MEMBER + "leave/"),
    ("committee-tasks", "katchy", "/committee/members/{committee[on_paper]}/tasks/"),
)
FAMILY = "/families/{families[ref]}/"
OF_FAMILIES = (
    ("families", "katchy", "/families/"),
    ("families-counted", "aimak", "/families/"),
    ("families-paper", "katchy", "/families/?paper=1"),
    ("family-new", "mucho", "/families/new/"),
    ("family", "katchy", FAMILY),
    ("family-seat", "mucho", "/families/{families[asked]}/seat/"),
    *(
        (f"family-{step}", "mucho", f"{FAMILY}{step}/")
        for step in ("contact", "work", "help", "violence", "name", "her-word", "end", "back")
    ),
    ("family-ask", "katchy", "/families/{families[asked]}/ask/"),
)
SITTING = "/sittings/{sittings[going]}/"
OF_SITTINGS = (
    ("sittings", "katchy", "/sittings/"),
    ("sittings-new", "katchy", "/sittings/new/"),
    ("sitting", "katchy", SITTING),
    ("sitting-member", "mucho", SITTING),
    ("sitting-held", "katchy", "/sittings/{sittings[held]}/"),
    ("sitting-put", "katchy", SITTING + "put/"),
    ("sitting-came", "katchy", SITTING + "came/"),
    ("sitting-decide", "katchy", "/sittings/items/{sittings[item]}/"),
    ("sitting-conflict", "katchy", "/sittings/items/{sittings[item]}/conflict/"),
    ("sitting-decision", "mucho", "/sittings/decisions/{sittings[decision]}/"),
    ("sitting-correct", "katchy", "/sittings/decisions/{sittings[decision]}/correct/"),
)
COURSE = "/training/{training[full]}/"
OF_TRAINING = (
    ("training", "ministrlik", "/training/"),
    ("training-read", "analitik", "/training/?region=north"),
    ("training-programme", "ministrlik", "/training/programme/"),
    ("training-new", "ministrlik", "/training/new/"),
    ("training-course", "ministrlik", COURSE),
    ("training-plan", "ministrlik", "/training/{training[meeting]}/"),
    ("training-enrol", "ministrlik", COURSE + "participants/"),
    ("training-results", "ministrlik", COURSE + "results/"),
    ("training-certificates", "ministrlik", COURSE + "certificates/"),
    ("training-measure", "ministrlik", "/training/{training[meeting]}/measure/"),
    ("training-back", "ministrlik", "/training/back/{training[entry]}/"),
    ("training-focal", "ministrlik", "/training/focal/"),
    ("training-learnt", "ministrlik", "/training/focal/{training[focal]}/"),
    ("training-period", "ministrlik", "/training/focal/period/"),
    ("certificate", "", "/certificate/ky/#{training[code]}"),
    ("certificate-wrong", "", "/certificate/ru/#00000000000000000000"),
)
EVENT = "/prevention/{prevention[event]}/"
OF_PREVENTION = (
    ("prevention", "katchy", "/prevention/"),
    ("prevention-above", "aimak", "/prevention/?kind=meeting"),
    ("prevention-new", "katchy", "/prevention/new/?kind=lawyers"),
    ("prevention-event", "katchy", EVENT),
    ("prevention-event-above", "aimak", EVENT),
    ("prevention-roll", "katchy", EVENT + "roll/"),
    ("prevention-withdraw", "katchy", EVENT + "withdraw/"),
    ("prevention-photo-new", "katchy", EVENT + "photo/"),
    ("prevention-photo", "katchy", "/prevention/photo/{prevention[photo]}/"),
    ("library", "katchy", "/library/"),
    ("library-new", "ministrlik", "/library/new/"),
    ("library-material", "katchy", "/library/material/{prevention[material]}/"),
    ("library-version", "katchy", "/library/material/{prevention[material]}/version/"),
    ("library-conference", "ministrlik", "/library/conference/{prevention[held]}/"),
    ("library-conference-new", "ministrlik", "/library/conference/new/"),
    ("library-stories", "katchy", "/library/stories/"),
    ("library-story-new", "katchy", "/library/stories/new/"),
    ("library-story", "aimak", "/library/stories/{prevention[story]}/"),
)
OF_RESULTS = (
    ("results", "ministrlik", "/results/"),
    ("results-own", "katchy", "/results/"),
    ("results-reports", "katchy", "/results/reports/"),
    ("results-reports-above", "aimak", "/results/reports/"),
    ("results-open", "", "/results/open/ky/"),
)
LOCAL = (*OF_COMMITTEES, *OF_FAMILIES, *OF_SITTINGS, *OF_TRAINING, *OF_PREVENTION, *OF_RESULTS)

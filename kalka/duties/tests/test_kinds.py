from kalka.core.refs import new_id
from kalka.duties.kinds import BY_HAND, INSIDE, KINDS, RECURRING
from kalka.duties.rules import About

NAMED = """
intake.triage cases.notify_child_protection risk.assess risk.reassess risk.countersign order.consider
order.complete_number order.serve order.check_compliance order.before_expiry order.explain_overlap visit.make
notice.social_service closure.review
measure.daily_contact measure.offer_shelter measure.check_weapon measure.medical_referral measure.safety_alert
people.search_reason people.more_searches people.possible_duplicate
statistics.approve_export strongroom.give
cases.lift_wall cases.approve_glass oversight.look oversight.review_opening
referral.ask_need referral.care referral.answer referral.result referral.ask referral.choose_again referral.come
referral.minutes referral.decision referral.absent referral.undone
support.action support.contact support.second legalaid.appoint legalaid.answer legalaid.result counsel.begin
findings.acknowledge findings.hand_over shelters.stay_ends committee.decision committee.undone
families.contact families.help families.ask_her
custody.release proceeding.outcome
order.explain_register monitoring.answer monitoring.fit monitoring.before_end
call.answer call.watch visit.ask visit.denied paper.answer paper.tell next.tell plan.renew measure.see_in_person
measure.hand_over measure.leaflet measure.company
programme.enrol programme.answer programme.missing programme.apart programme.warn programme.evasion
""".split()


def test_these_are_the_kinds_of_duty():
    assert sorted(KINDS) == sorted(NAMED)


def test_a_kind_without_a_step_of_its_own_is_ended_by_hand():
    assert {code for code, kind in KINDS.items() if kind.url_name == "duties:finish"} == BY_HAND


def test_every_kind_leads_to_the_page_where_it_is_done():
    about = About("7K3M9QX2BD", str(new_id()))
    for kind in KINDS.values():
        assert kind.url(about, new_id()).startswith("/")


def test_what_comes_again_is_known():
    assert RECURRING == {
        "risk.reassess",
        "order.check_compliance",
        "visit.make",
        "closure.review",
        "measure.daily_contact",
        "support.contact",
        "families.contact",
        "visit.ask",
        "plan.renew",
    }


def test_every_kind_moves_up_within_three_days_but_what_a_lead_may_not_decide_or_may_not_know_of():
    later = {code for code, kind in KINDS.items() if not 0 < kind.escalate_after_hours <= 72}
    secret = {"cases.lift_wall", "cases.approve_glass", "oversight.look", "oversight.review_opening"}
    consented = {"referral.result", "referral.come", "referral.absent"}
    # a neighbour's is not passed to another neighbour
    consented |= {"committee.decision", "committee.undone", "families.contact", "families.ask_her"}
    consented |= {"legalaid.result", "counsel.begin", "support.second"}
    assert later == {"statistics.approve_export", "people.possible_duplicate", "strongroom.give", *secret, *consented}


def test_what_is_handed_over_rises_also_where_the_law_sets_no_term_for_the_answer():
    """An internal rule: after so many hours in the same hands. Nothing handed over can lie there for ever."""
    assert {code: kind.silent_hours for code, kind in KINDS.items() if kind.silent_hours} == {
        "intake.triage": 12,
        "risk.assess": 24,
        "cases.notify_child_protection": 24,
        "notice.social_service": 24,
        "findings.hand_over": 12,
        "findings.acknowledge": 24,
        "families.help": 48,
        "referral.ask_need": 72,
        "referral.answer": 72,
        "legalaid.appoint": 72,
        "legalaid.answer": 48,
    }
    assert INSIDE == {"referral.answer", "referral.decision", "legalaid.answer"}, "a consent shows it to one alone"

"""The addresses of help: the guide, what clinics and schools find, shelters, referrals, support, legal aid."""

from dataclasses import replace

from config.policy.rule import public, sensitive, staff
from kalka.core.permissions import Permission as P

GUIDE = {
    "guide:list": staff(GET=P.GUIDE_EDIT, POST=P.GUIDE_EDIT),
    "guide:new": staff(GET=P.GUIDE_EDIT, POST=P.GUIDE_EDIT),
    "guide:change": staff("service", GET=P.GUIDE_EDIT, POST=P.GUIDE_EDIT),
    "guide:provider": staff(GET=P.GUIDE_EDIT_ALL, POST=P.GUIDE_EDIT_ALL),
    "guide:location": staff(GET=P.GUIDE_EDIT, POST=P.GUIDE_EDIT),
    "guide:take": staff(GET=P.GUIDE_EDIT_ALL, POST=P.GUIDE_EDIT_ALL),
}

FINDINGS = {
    "findings:list": staff(GET=P.FINDING_SEE),
    "findings:clinic_new": staff(GET=P.FINDING_WRITE, POST=P.FINDING_WRITE),
    "findings:school_new": staff(GET=P.SCHOOL_REPORT, POST=P.SCHOOL_REPORT),
    "findings:clinic": staff("finding", GET=P.FINDING_SEE),
    "findings:photo": staff("finding", GET=P.FINDING_SEE),
    "findings:school": staff("finding", GET=P.FINDING_SEE),
    "findings:hand_over": staff("finding", GET=P.CHILD_HAND_OVER, POST=P.CHILD_HAND_OVER),
    "findings:acknowledge": staff("finding", POST=P.FINDING_READ),
    "findings:of_case": staff("case", GET=P.FINDING_READ),
    "findings:acknowledge_of_case": staff("case", POST=P.FINDING_READ),
    "findings:withdraw": staff("case", GET=P.CHILD_HAND_OVER, POST=P.CHILD_HAND_OVER),
    "findings:show": staff("case", GET=P.CHILD_HAND_OVER, POST=P.CHILD_HAND_OVER),
}

SHELTERS = {
    "shelters:network": staff(GET=P.SHELTER_SEE_FREE),
    "shelters:hold": staff(GET=P.SHELTER_HOLD, POST=P.SHELTER_HOLD),
    "shelters:held": staff("hold", GET=P.SHELTER_HOLD, POST=P.SHELTER_HOLD),
    "shelters:turn_away": staff(GET=P.SHELTER_HOLD, POST=P.SHELTER_HOLD),
    "shelters:board": staff(GET=P.SHELTER_WORK),
    "shelters:new": staff(GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:place_new": staff("shelter", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:place": staff("place", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:rules": staff("shelter", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:address": replace(sensitive(staff("shelter", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK)), secret=True),
    "shelters:where": replace(sensitive(staff("shelter", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK)), secret=True),
    "shelters:turned": staff("shelter", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:arrive": staff(GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:arrive_held": staff("hold", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:stays": staff(GET=P.SHELTER_WORK),
    "shelters:stay": staff("stay", GET=P.SHELTER_WORK),
    "shelters:child": staff("stay", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:move": staff("stay", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:extend": staff("stay", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:rules_told": staff("stay", POST=P.SHELTER_WORK),
    "shelters:keep": staff("stay", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "shelters:give_back": staff("belonging", POST=P.SHELTER_WORK),
    "shelters:depart": staff("stay", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
}

REFERRALS = {
    "referrals:board": staff(GET=P.BOARD_READ),
    "referrals:received": staff(GET=P.REFERRAL_ANSWER),
    "referrals:answer": staff("received", GET=P.REFERRAL_ANSWER),
    "referrals:reply": staff("received", GET=P.REFERRAL_ANSWER, POST=P.REFERRAL_ANSWER),
    "referrals:needs": staff("case", GET=P.REFERRAL_MAKE, POST=P.REFERRAL_MAKE),
    "referrals:need": staff("need", GET=P.CASE_READ),
    "referrals:choose": staff("need", GET=P.REFERRAL_MAKE, POST=P.REFERRAL_MAKE),
    "referrals:refer": staff("need", GET=P.REFERRAL_MAKE, POST=P.REFERRAL_MAKE),
    "referrals:place": staff("case", GET=P.REFERRAL_MAKE, POST=P.REFERRAL_MAKE),  # the step itself needs SHELTER_HOLD
    "referrals:stay": staff("case", GET=P.SHELTER_WORK, POST=P.SHELTER_WORK),
    "referrals:referral": staff("referral", GET=P.CASE_READ),
    "referrals:step": staff("referral", GET=P.REFERRAL_MAKE, POST=P.REFERRAL_MAKE),
    "referrals:track_new": staff("case", GET=P.REFERRAL_MAKE, POST=P.REFERRAL_MAKE),
    "referrals:track": staff("track", GET=P.CASE_READ),
    "referrals:track_step": staff("track", GET=P.REFERRAL_MAKE, POST=P.REFERRAL_MAKE),
    "referrals:conference_new": staff("case", GET=P.REFERRAL_MAKE, POST=P.REFERRAL_MAKE),
    "referrals:conference": staff("conference", GET=P.CASE_READ),
    "referrals:minutes": staff("conference", GET=P.REFERRAL_MAKE, POST=P.REFERRAL_MAKE),
    "referrals:invited": staff("seat", GET=P.REFERRAL_ANSWER),
    "referrals:decision": staff("decision", GET=P.REFERRAL_ANSWER, POST=P.REFERRAL_ANSWER),
}

SUPPORT = {
    "support:plan": staff("case", GET=P.SUPPORT_READ),
    **{
        f"support:{name}": staff("case", GET=P.SUPPORT_WORK, POST=P.SUPPORT_WORK)
        for name in ("goal", "safety", "aid", "document", "contact", "outcome", "word", "without")
    },
    "support:service": staff("case", GET=P.SUPPORT_GIVE, POST=P.SUPPORT_GIVE),
    "support:safety_print": staff("case", GET=P.SUPPORT_WORK),
    "support:end_goal": staff("goal", GET=P.SUPPORT_WORK, POST=P.SUPPORT_WORK),
    "support:add_action": staff("goal", GET=P.SUPPORT_WORK, POST=P.SUPPORT_WORK),
    "support:action": staff("action", GET=P.SUPPORT_GIVE, POST=P.SUPPORT_GIVE),
    "support:void": staff("service_given", GET=P.SUPPORT_GIVE, POST=P.SUPPORT_GIVE),
    "support:receipt": staff("aid", GET=P.SUPPORT_WORK, POST=P.SUPPORT_WORK),
    "support:receipt_file": staff("receipt", GET=P.SUPPORT_WORK),
    "support:second": staff("without", GET=P.SUPPORT_WORK, POST=P.SUPPORT_WORK),
    "support:opinions": staff(GET=P.SUPPORT_READ),
    "support:sheet": staff(GET=P.SUPPORT_GIVE, POST=P.SUPPORT_GIVE),
    "support:say": public("GET", "POST", secret=True),
    "support:say_in": public("GET", "POST", secret=True),
}

LEGALAID = {
    "legalaid:case": staff("case", GET=P.SUPPORT_READ),
    "legalaid:new": staff("case", GET=P.LEGAL_ASK, POST=P.LEGAL_ASK),
    "legalaid:request": staff("legal_request", GET=P.LEGAL_READ),
    "legalaid:appoint": staff("legal_request", GET=P.LEGAL_ASK, POST=P.LEGAL_ASK),
    "legalaid:withdraw": staff("legal_request", GET=P.LEGAL_ASK, POST=P.LEGAL_ASK),
    "legalaid:answer": staff("appointment", GET=P.LEGAL_WORK, POST=P.LEGAL_WORK),
    "legalaid:result": staff("legal_request", GET=P.LEGAL_WORK, POST=P.LEGAL_WORK),
    "legalaid:days": staff(GET=P.LEGAL_READ),
    "legalaid:day_new": staff(GET=P.LEGAL_WORK, POST=P.LEGAL_WORK),
    "legalaid:day": staff("consultation_day", GET=P.LEGAL_WORK, POST=P.LEGAL_WORK),
    "legalaid:wait": staff("case", GET=P.COUNSEL_ASK, POST=P.COUNSEL_ASK),
    "legalaid:leave": staff("waiting", GET=P.COUNSEL_WORK, POST=P.COUNSEL_WORK),
    "legalaid:session": staff("case", GET=P.COUNSEL_WORK, POST=P.COUNSEL_WORK),
    "legalaid:join": staff("case", GET=P.COUNSEL_WORK, POST=P.COUNSEL_WORK),
    "legalaid:counselling": staff(GET=P.COUNSEL_WORK),
    "legalaid:group_new": staff(GET=P.COUNSEL_WORK, POST=P.COUNSEL_WORK),
    "legalaid:group": staff("group", GET=P.COUNSEL_WORK, POST=P.COUNSEL_WORK),
}

HELP = {
    **GUIDE,
    **FINDINGS,
    **SHELTERS,
    **REFERRALS,
    **SUPPORT,
    **LEGALAID,
}

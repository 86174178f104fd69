"""What may be read of cases: one case, its page, the list, the team, consent."""

from kalka.cases.selectors.across import Accused, accused
from kalka.cases.selectors.cases import (
    alleged_relations,
    case_of,
    case_of_report,
    cast_of,
    closed_of,
    get_case,
    is_there,
    knows,
    open_since,
    open_work,
    planted,
    protected_person,
    refs,
    speakers,
)
from kalka.cases.selectors.choices import (
    note_choices,
    organisation_choices,
    part_choices,
    post_choices,
    reader_choices,
    speaker_choices,
)
from kalka.cases.selectors.consents import (
    Agreement,
    agreed,
    agreed_with,
    get_consent,
    is_withdrawn,
    require_consent,
    running_consents,
    still_open,
)
from kalka.cases.selectors.erasing import Doomed, papers_about, refs_of_erased, to_be_erased
from kalka.cases.selectors.glass import (
    GlassLine,
    GlassPage,
    get_request,
    glass_page,
    glass_requests,
    my_requests,
)
from kalka.cases.selectors.identity import Identity, attachment, identity
from kalka.cases.selectors.jobs import Known, known
from kalka.cases.selectors.listing import MOST_COUNTED, CaseLine, CaseList, State, count_cases, list_cases
from kalka.cases.selectors.page import case_page
from kalka.cases.selectors.sharing import Shown, shown_to
from kalka.cases.selectors.team import get_member, team, team_post
from kalka.cases.selectors.walls import WallsPage, shut_out_choices, walls_page
from kalka.cases.selectors.whole import subjects, whole_register
from kalka.cases.shown import CaseHead, CasePage, PartLine, TeamLine

__all__ = [
    "MOST_COUNTED",
    "Accused",
    "CaseHead",
    "CaseLine",
    "CaseList",
    "CasePage",
    "Doomed",
    "Known",
    "known",
    "GlassLine",
    "GlassPage",
    "Identity",
    "PartLine",
    "Shown",
    "State",
    "TeamLine",
    "WallsPage",
    "Agreement",
    "accused",
    "agreed",
    "agreed_with",
    "alleged_relations",
    "attachment",
    "case_of",
    "case_of_report",
    "case_page",
    "cast_of",
    "closed_of",
    "count_cases",
    "get_case",
    "get_consent",
    "get_member",
    "get_request",
    "glass_page",
    "glass_requests",
    "identity",
    "is_there",
    "is_withdrawn",
    "knows",
    "list_cases",
    "my_requests",
    "note_choices",
    "open_since",
    "open_work",
    "organisation_choices",
    "papers_about",
    "part_choices",
    "planted",
    "post_choices",
    "protected_person",
    "reader_choices",
    "refs",
    "refs_of_erased",
    "require_consent",
    "running_consents",
    "shown_to",
    "shut_out_choices",
    "speaker_choices",
    "speakers",
    "still_open",
    "subjects",
    "team",
    "team_post",
    "to_be_erased",
    "walls_page",
    "whole_register",
]

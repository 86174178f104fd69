"""Every paper that he is handed or may read: each sealed field around it holds a word of its own, and none is found."""

import pytest

from kalka.cases.tests import factories as cases
from kalka.core.refs import show_ref
from kalka.orders.tests import factories as orders
from kalka.orders.tests import test_documents as of_orders
from kalka.orders.tests.test_documents import CHILD, HER, HIS, REPORTER, TOLD, full, printed
from kalka.papers import packs
from kalka.papers.tests.factories import everything, text
from kalka.proceedings import documents as reports
from kalka.proceedings.tests.factories import NOW, evaded, refused_bans, weapon
from kalka.programmes import documents as papers
from kalka.programmes.rules import Mark
from kalka.programmes.tests import factories as programmes

pytestmark = [pytest.mark.django_db, pytest.mark.both]
OF_ORDER = {"order_respondent": "respondent", "order_service": "service", "order_extension": "extension"}
OF_PROGRAMME = {"programme_referral": "referral", "programme_certificate": "certificate"}
REPORTS = set(reports.PACKS.values())
# Hers, the court's, or of those who work on the case: never given to him.
NEVER_HIS = set("appeal certificate complaint extension leaflet minutes order results risk_court visit".split())
LED = ["КоркутууКанар", "БаштартууКанар"]  # what was written down of him at the programme
OTHER = ["КуралКанар", "БашкаИшКанар"]

world = of_orders.world


@pytest.fixture
def at(world):
    world.probation = cases.office("probation", cases.RAION)
    world.leader = cases.post("probation_officer", place=cases.RAION, organisation=world.probation)
    weapon(world, "taken", told=OTHER[0])
    return world


def led(at) -> dict[str, bytes]:
    """He threatened, was said to evade, came back and finished."""
    sending, room = programmes.sent(at), programmes.group(at)
    programmes.placed(at, sending, room)
    programmes.held(at, room, {sending.enrolment_id: Mark("unexcused")})
    programmes.threatened(at, sending, LED[0])
    programmes.stepped(at, sending, "evasion", asked=True, told=LED[1])
    programmes.stepped(at, sending, "returned")
    programmes.placed(at, sending, room)
    later = programmes.attended(at, room, sending)
    programmes.stepped(at, sending, "completed", now=later)
    named = {"lang": "ky", "now": later}
    return {
        pack: papers.paper(at.leader, sending.enrolment_id, kind=kind, **named) for pack, kind in OF_PROGRAMME.items()
    }


def reported(at, order) -> dict[str, bytes]:
    """Proceedings of another kind were told of in other words."""
    evaded(at, told=OTHER[1])
    rows = {"evasion": evaded(at), "refusal_of_bans": refused_bans(at, order=order.pk)}
    return {pack: reports.report(at.inspector, at.case.ref, row.pk, lang="ky", now=NOW) for pack, row in rows.items()}


def test_no_paper_of_his_carries_anybody_elses_life(at):
    order = full(at)
    made = {pack: printed(at, order, kind) for pack, kind in OF_ORDER.items()} | reported(at, order) | led(at)
    assert set(made) == {*OF_ORDER, *OF_PROGRAMME, *REPORTS}
    secrets = (*HER, *CHILD, *HIS, *TOLD, *REPORTER, *LED, *OTHER, at.case.ref, show_ref(at.case.ref))
    for pack, pdf in made.items():
        assert "Канатов Канат" in text(pdf), pack
        whole = everything(pdf)
        for word in secrets:
            assert word.encode() not in whole and word.encode("utf-16-be") not in whole, (pack, word)


def test_of_every_pack_it_is_known_whether_he_is_given_it():
    assert set(packs.names()) - {*OF_ORDER, *OF_PROGRAMME, *REPORTS} <= NEVER_HIS


def test_where_the_order_protects_others_they_stand_on_none_of_his_papers(at):
    order = orders.registered(at, orders.paper(at, "77/43-К", protected=(at.she, at.child)))
    orders.served(at, order)
    for kind in ("respondent", "service"):
        whole = everything(printed(at, order, kind))
        assert [word for word in (*HER, *CHILD) if word.encode() in whole] == []

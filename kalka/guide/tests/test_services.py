from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.guide import selectors, services
from kalka.guide.models import Location, Provider, Revision, Service, ServiceAt
from kalka.guide.rules import NewLocation
from kalka.guide.tests.factories import (
    AIMAK,
    CENTRE,
    COUNTRY,
    ELSEWHERE,
    MINISTRY,
    NOW,
    OBLAST,
    RAION,
    STREET,
    TALK,
    TODAY,
    location,
    organisation,
    provider,
    service,
    territory,
    worker_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def land():
    territory()


def rows():
    return tuple(one.objects.count() for one in (Provider, Location, Service, ServiceAt, Revision))


def last_entry():
    return AuditEntry.objects.order_by("-id").values_list("kind", "command", "object", "refusal").first()


def test_an_entry_says_everything_and_its_first_version_is_kept():
    centre = provider()
    there = location(centre)
    made = service(centre, locations=(str(there),))
    offer = selectors.offer(made.id, today=TODAY)
    assert offer is not None
    assert (offer.name, offer.needs, offer.areas, offer.hours, offer.stale) == (
        TALK.name,
        ("psychological",),
        (RAION,),
        TALK.hours,
        False,
    )
    assert [(spot.kind, spot.place, spot.address) for spot in offer.spots] == [("physical", AIMAK, STREET)]
    assert Revision.objects.values_list("service_id", "version", "author_id").get() == (made.id, 1, MINISTRY.user_id)
    assert last_entry() == ("done", "guide.add_service", "guide.Service", "")


def test_sent_twice_it_is_one():
    centre, id = provider(), new_id()
    for _ in range(2):
        services.add_service(MINISTRY, id=id, provider_id=centre.id, told=TALK, now=NOW)
    assert rows() == (1, 0, 1, 0, 1)


def test_what_is_on_no_list_leaves_nothing_behind():
    centre, before = provider(), rows()
    with pytest.raises(DomainError, match=r"guide\.not_on_the_list"):
        service(centre, areas=("41799999999999",))
    assert rows() == before


def test_a_location_of_another_provider_is_none_of_the_list():
    centre, foreign = provider(), location(provider())
    with pytest.raises(DomainError, match=r"guide\.not_on_the_list"):
        service(centre, locations=(str(foreign),))


def test_the_database_itself_keeps_no_address_of_a_place_that_must_not_be_known():
    centre = provider()
    hidden = location(centre, "withheld")
    with pytest.raises(IntegrityError), transaction.atomic():
        Location.objects.filter(id=hidden).update(address=STREET)
    with pytest.raises(DomainError, match=r"guide\.address_must_not_be_known"):
        services.add_location(
            MINISTRY, id=new_id(), provider_id=centre.id, told=NewLocation("withheld", AIMAK, STREET), now=NOW
        )
    assert list(Location.objects.values_list("id", "address")) == [(hidden, None)]


def test_a_safe_place_to_sleep_has_no_address_whoever_writes_it_down_and_in_whichever_order():
    centre = provider()
    there = location(centre)
    before = rows()
    with pytest.raises(DomainError, match=r"guide\.shelter_has_no_address"):
        service(centre, needs=("shelter", "safety"), locations=(str(there),))
    assert rows() == before
    made = service(centre, locations=(str(there),))
    told = replace(TALK, needs=("psychological", "shelter"), locations=(str(there),))
    with pytest.raises(DomainError, match=r"guide\.shelter_has_no_address"):
        services.change_service(MINISTRY, service_id=made.id, version=1, told=told, now=NOW)
    assert service(centre, needs=("shelter",), locations=(str(location(centre, "withheld")),)).version == 1


def test_and_were_one_in_the_database_no_reader_would_be_given_it():
    centre = provider()
    made = service(centre, locations=(str(location(centre)),))
    Service.objects.filter(id=made.id).update(needs=["shelter"])
    offer = selectors.offer(made.id, today=TODAY)
    assert [(spot.withheld, spot.address) for spot in offer.spots] == [(True, None)]


class TestChanging:
    def test_what_it_said_before_is_kept(self):
        made = service(provider())
        told = replace(TALK, phones=("5200",))
        services.change_service(MINISTRY, service_id=made.id, version=1, told=told, now=NOW)
        kept = Revision.objects.order_by("version").values_list("version", "body__phones")
        assert list(kept) == [(1, ["+996 555 000 100"]), (2, ["5200"])]
        assert selectors.offer(made.id, today=TODAY).phones == ("5200",)

    def test_two_who_change_the_same_version_do_not_overwrite_each_other(self):
        made = service(provider())
        services.change_service(MINISTRY, service_id=made.id, version=1, told=replace(TALK, phones=("5200",)), now=NOW)
        with pytest.raises(DomainError, match=r"guide\.changed_meanwhile"):
            services.change_service(MINISTRY, service_id=made.id, version=1, told=replace(TALK, cost="paid"), now=NOW)
        offer = selectors.offer(made.id, today=TODAY)
        assert (offer.version, offer.phones, offer.cost) == (2, ("5200",), "free")

    def test_sent_twice_it_changes_once(self):
        made = service(provider())
        for _ in range(2):
            services.change_service(MINISTRY, service_id=made.id, version=1, told=replace(TALK, cost="part"), now=NOW)
        assert (Revision.objects.count(), selectors.offer(made.id, today=TODAY).version) == (2, 2)

    def test_another_organisations_entry_is_not_there(self):
        made = service(provider(organisation_id=organisation().id))
        with pytest.raises(AccessDenied):
            services.change_service(worker_of(777), service_id=made.id, version=1, told=TALK, now=NOW)
        assert last_entry() == ("refused", "guide.change_service", "", "guide.unknown")

    def test_ones_own_organisations_entry_is_changed(self):
        own = organisation()
        made = service(provider(organisation_id=own.id))
        services.change_service(
            worker_of(own.id), service_id=made.id, version=1, told=replace(TALK, cost="paid"), now=NOW
        )
        assert selectors.offer(made.id, today=TODAY).cost == "paid"


class TestConfirming:
    def test_after_ninety_days_it_says_that_nobody_confirmed_it_until_somebody_does(self):
        own = organisation()
        made = service(provider(organisation_id=own.id))
        later = NOW + timedelta(days=91)
        assert selectors.offer(made.id, today=later.date()).stale
        services.confirm(worker_of(own.id), service_ids=[made.id], now=later)
        assert not selectors.offer(made.id, today=later.date()).stale

    def test_anothers_entry_among_them_confirms_none(self):
        own = organisation()
        mine, foreign = service(provider(organisation_id=own.id)), service(provider())
        with pytest.raises(AccessDenied):
            services.confirm(worker_of(own.id), service_ids=[mine.id, foreign.id], now=NOW + timedelta(days=9))
        assert set(Service.objects.values_list("confirmed_on", flat=True)) == {TODAY}


class TestRoom:
    def test_what_was_said_of_free_places_counts_for_two_weeks(self):
        made = service(provider(), room="free")
        told = [selectors.offer(made.id, today=TODAY + timedelta(days=days)) for days in (0, 14, 15)]
        assert [(one.room, one.room_now) for one in told] == [("free", "free"), ("free", "free"), ("free", "")]

    def test_whoever_has_no_room_stands_at_the_end(self):
        centre = provider()
        full, far = service(centre, areas=(AIMAK,), room="full"), service(centre, areas=(OBLAST,), room="waiting")
        assert [one.id for one in selectors.offers(AIMAK, today=TODAY)] == [far.id, full.id]
        later = TODAY + timedelta(days=15)
        assert [one.id for one in selectors.offers(AIMAK, today=later)] == [full.id, far.id]

    def test_the_database_knows_no_other_word(self):
        made = service(provider())
        with pytest.raises(IntegrityError), transaction.atomic():
            Service.objects.filter(id=made.id).update(room="many")


class TestFinding:
    def test_by_place_need_and_whom_it_serves_the_nearest_first(self):
        centre = provider()
        near, far = service(centre, areas=(AIMAK,)), service(centre, areas=(COUNTRY,), serves=("women", "men"))
        service(centre, areas=(ELSEWHERE,))
        service(centre, needs=("legal",))
        service(centre, status="inactive")
        found = selectors.offers(AIMAK, "psychological", today=TODAY)
        assert [(one.id, one.distance) for one in found] == [(near.id, 0), (far.id, 3)]
        assert [one.id for one in selectors.offers(AIMAK, "psychological", ["men"], today=TODAY)] == [far.id]

    def test_what_nobody_confirmed_stands_after_what_somebody_did(self):
        centre = provider()
        old, fresh = service(centre, areas=(AIMAK,)), service(centre, areas=(OBLAST,))
        later = NOW + timedelta(days=91)
        services.confirm(MINISTRY, service_ids=[fresh.id], now=later)
        assert [one.id for one in selectors.offers(AIMAK, today=later.date())] == [fresh.id, old.id]

    def test_three_statements_however_many(self, django_assert_num_queries):
        centre = provider()
        for _ in range(4):
            service(centre, locations=(str(location(centre)),))
        selectors.offers(AIMAK, today=TODAY)
        with django_assert_num_queries(3):
            selectors.offers(AIMAK, today=TODAY)


def test_a_provider_needs_its_name_and_stands_once_for_an_organisation():
    own = organisation()
    provider(organisation_id=own.id)
    with pytest.raises(DomainError, match=r"guide\.provider_is_there"):
        provider(organisation_id=own.id)
    with pytest.raises(DomainError, match=r"guide\.words_missing"):
        services.add_provider(MINISTRY, id=UUID(int=5), name={"ky": CENTRE["ky"]}, now=NOW)
    assert Provider.objects.count() == 1

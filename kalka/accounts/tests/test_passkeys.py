"""Passkeys: what a device says is taken once, from the right place, by the right person, and by nobody else."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from kalka.access import who
from kalka.accounts import attempts, rules, selectors, services
from kalka.accounts.models import Attempt, Passkey, Session, User
from kalka.accounts.rules import Purpose, Stage
from kalka.accounts.tests.device import Device
from kalka.accounts.webauthn import Site, unb64
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NOW = clock.now().replace(microsecond=0)
ADMIN = Actor(900, frozenset({Permission.USERS_MANAGE}))
PASSWORD = "carpet thunder apricot"
ORIGIN = "https://kalka.example"
SITE = Site(ORIGIN)


def somebody(login="aigul") -> User:
    return services.create_user(ADMIN, login=login, name="Айгүл", password=PASSWORD, now=NOW)


def a_device(**given) -> Device:
    return Device(**{"origin": ORIGIN, "rp_id": "kalka.example", **given})


def first_step(login="aigul"):
    return services.sign_in(login=login, password=PASSWORD, address="a", second_factor_required=True, now=NOW)


def asked(token, purpose, *, now=NOW, site=SITE) -> str:
    return services.ask_passkey(token, purpose=purpose, site=site, address="a", now=now)


def enrolled(device: Device, login="aigul"):
    token = first_step(login).token
    answer = device.make(asked(token, Purpose.ENROL))
    return services.enrol_passkey(token, answer=answer, name="телефон", site=SITE, now=NOW)


@pytest.fixture
def user() -> User:
    return somebody()


@pytest.fixture
def device(user) -> Device:
    made = a_device()
    enrolled(made)
    return made


def signed_in(user) -> Actor:
    row = Session.objects.filter(user=user, stage=Stage.FULL, ended_at=None).latest("id")
    return Actor(user.id, frozenset({Permission.OWN_ACCOUNT}), subject_id=user.subject_id, session_id=row.id)


def second(device: Device, *, now=NOW, site=SITE, ask_site=SITE):
    token = first_step().token
    answer = device.use(asked(token, Purpose.SECOND, site=ask_site))
    return services.enter_by_passkey(token, answer=answer, site=site, now=now)


def refused(do) -> str:
    before = Session.objects.filter(stage=Stage.FULL).count()
    with pytest.raises(DomainError) as refusal:
        do()
    assert Session.objects.filter(stage=Stage.FULL).count() == before
    entry = AuditEntry.objects.latest("id")
    assert entry.kind == "refused" and entry.refusal == refusal.value.code
    return refusal.value.code


def test_a_passkey_is_set_up_instead_of_an_app_and_is_the_second_step_from_then_on(user):
    device = a_device()
    opened = enrolled(device)
    assert (opened.stage, who.visitor(opened.token, now=NOW).actor.user_id) == (Stage.FULL, user.id)
    assert first_step().stage is Stage.CODE
    assert second(device).stage is Stage.FULL
    assert services.ways(first_step().token, stage=Stage.CODE, now=NOW) == (False, True, False)


def test_it_is_password_and_name_in_one_where_the_device_knows_its_holder(user, device):
    answer = device.use(asked("", Purpose.ALONE))
    opened = services.sign_in_by_passkey(answer, site=SITE, now=NOW)
    assert (opened.stage, opened.user_id) == (Stage.FULL, user.id)


def test_where_the_installation_does_not_allow_it_a_passkey_alone_opens_nothing(device, settings):
    settings.PASSKEY_ALONE = False
    with pytest.raises(AccessDenied):
        asked("", Purpose.ALONE)
    with pytest.raises(AccessDenied):
        services.sign_in_by_passkey("{}", site=SITE, now=NOW)


def test_it_confirms_who_is_signed_in(user, device):
    actor = signed_in(user)
    Session.objects.update(confirmed_at=None)
    options = services.ask_own_passkey(actor, purpose=Purpose.CONFIRM, site=SITE, now=NOW)
    token = services.confirm_by_passkey(actor, answer=device.use(options), site=SITE, now=NOW)
    assert who.visitor(token, now=NOW).confirmed_at == NOW


def test_requirement_27_an_answer_is_taken_once(user, device):
    token = first_step().token
    answer = device.use(asked(token, Purpose.SECOND))
    services.enter_by_passkey(token, answer=answer, site=SITE, now=NOW)
    again = first_step().token
    assert refused(lambda: services.enter_by_passkey(again, answer=answer, site=SITE, now=NOW)) == PASSKEY
    alone = device.use(asked("", Purpose.ALONE))
    services.sign_in_by_passkey(alone, site=SITE, now=NOW)
    assert refused(lambda: services.sign_in_by_passkey(alone, site=SITE, now=NOW)) == PASSKEY


PASSKEY = "accounts.passkey_refused"


def test_requirement_27_an_answer_given_at_another_address_is_refused(user, device):
    device.origin = "https://kalka.example.evil.example"
    assert refused(lambda: second(device)) == PASSKEY
    device.origin, device.rp_id = ORIGIN, "evil.example"
    assert refused(lambda: second(device)) == PASSKEY
    device.rp_id = "kalka.example"
    assert second(device).stage is Stage.FULL


def test_requirement_27_a_device_that_did_not_ask_its_holder_is_refused(user, device):
    device.asks_its_holder = False
    assert refused(lambda: second(device)) == PASSKEY
    unsure = a_device(asks_its_holder=False)
    somebody("bek")
    assert refused(lambda: enrolled(unsure, "bek")) == PASSKEY
    assert Passkey.objects.filter(user__login="bek").count() == 0


@pytest.mark.parametrize("back", [0, 1, 5])
def test_requirement_27_a_count_that_does_not_go_on_is_a_copy(user, device, back):
    for _ in range(6):
        second(device)
    device.count -= back + 1
    assert refused(lambda: second(device)) == PASSKEY


def test_a_device_that_counts_nothing_is_taken_every_time(user):
    device = a_device(counts=False)
    enrolled(device)
    assert [second(device).stage for _ in range(2)] == [Stage.FULL] * 2


def test_requirement_27_another_key_signs_for_nobody(user, device):
    other = a_device(credential=device.credential, handle=device.handle, count=device.count)
    assert refused(lambda: second(other)) == PASSKEY


def test_requirement_27_ones_own_passkey_is_no_second_step_of_another(user, device):
    somebody("bek")
    his = a_device()
    enrolled(his, "bek")
    assert refused(lambda: second(his)) == PASSKEY  # after the password of aigul
    his.handle = user.subject_id.bytes
    alone = his.use(asked("", Purpose.ALONE))
    assert refused(lambda: services.sign_in_by_passkey(alone, site=SITE, now=NOW)) == PASSKEY


def test_requirement_27_what_was_asked_for_one_thing_answers_no_other(user, device):
    token = first_step().token
    for_confirming = services.ask_own_passkey(signed_in(user), purpose=Purpose.CONFIRM, site=SITE, now=NOW)
    answer = device.use(for_confirming)
    assert refused(lambda: services.enter_by_passkey(token, answer=answer, site=SITE, now=NOW)) == PASSKEY
    elsewhere = device.use(asked(first_step().token, Purpose.SECOND))
    assert refused(lambda: services.enter_by_passkey(token, answer=elsewhere, site=SITE, now=NOW)) == PASSKEY


def test_requirement_27_what_was_asked_long_ago_is_forgotten(user, device):
    token = first_step().token
    answer = device.use(asked(token, Purpose.SECOND))
    late = NOW + rules.ATTEMPT_FOR
    assert refused(lambda: services.enter_by_passkey(token, answer=answer, site=SITE, now=late)) == PASSKEY
    assert attempts.forget(now=NOW + timedelta(hours=2)) == Attempt.objects.count() + 1


BROKEN = ["", "{}", "[]", "null", "1", '{"response":{}}', '{"response":{"clientDataJSON":"%%%"},"rawId":"a"}']
BROKEN += ["[" * 5000, '{"rawId":1,"response":{"clientDataJSON":1}}', "x" * 30_000, '{"rawId":"\ud800"}']


@pytest.mark.parametrize("answer", BROKEN)
def test_whatever_is_no_answer_is_refused_in_the_same_words(user, device, answer):
    token = first_step().token
    for do in (
        lambda: services.enter_by_passkey(token, answer=answer, site=SITE, now=NOW),
        lambda: services.sign_in_by_passkey(answer, site=SITE, now=NOW),
        lambda: services.add_passkey(signed_in(user), answer=answer, name="x", site=SITE, now=NOW),
    ):
        with pytest.raises(DomainError) as refusal:
            do()
        assert (refusal.value.code, refusal.value.facts) == (PASSKEY, {})


def test_whoever_is_suspended_is_not_let_in_by_a_passkey(user, device):
    answer = device.use(asked("", Purpose.ALONE))
    services.suspend_user(ADMIN, user_id=user.id, now=NOW)
    assert refused(lambda: services.sign_in_by_passkey(answer, site=SITE, now=NOW)) == PASSKEY


def added(user, device, name="ачкыч"):
    actor = signed_in(user)
    options = services.ask_own_passkey(actor, purpose=Purpose.ADD, site=SITE, now=NOW)
    return services.add_passkey(actor, answer=device.make(options), name=name, site=SITE, now=NOW)


def test_there_may_be_several_each_with_a_name_and_each_can_go_but_the_last(user, device):
    other = a_device()
    row = added(user, other)
    actor = signed_in(user)
    assert [line.name for line in selectors.my_passkeys(actor)] == ["телефон", "ачкыч"]
    services.remove_passkey(actor, passkey_id=row.id, now=NOW)
    assert refused(lambda: second(other)) == PASSKEY
    last = Passkey.objects.get()
    with pytest.raises(DomainError, match=r"accounts\.last_second_factor"):
        services.remove_passkey(actor, passkey_id=last.id, now=NOW)
    User.objects.update(totp_step=7)
    services.remove_passkey(actor, passkey_id=last.id, now=NOW)
    assert Passkey.objects.count() == 0


def test_nobody_removes_anothers_and_no_device_is_added_twice(user, device):
    stranger = somebody("bek")
    enrolled(a_device(), "bek")
    with pytest.raises(AccessDenied):
        services.remove_passkey(signed_in(stranger), passkey_id=Passkey.objects.filter(user=user).get().id, now=NOW)
    with pytest.raises(DomainError, match=PASSKEY):
        added(stranger, device)
    assert Passkey.objects.count() == 2


def test_a_known_device_is_told_so_that_it_does_not_make_a_second_one(user, device):
    told = json.loads(services.ask_own_passkey(signed_in(user), purpose=Purpose.ADD, site=SITE, now=NOW))
    assert [unb64(one["id"]) for one in told["excludeCredentials"]] == [device.credential]
    assert told["authenticatorSelection"]["userVerification"] == "required"


def test_a_dump_shows_neither_the_name_nor_the_public_key_nor_the_number_of_a_device(user, device):
    numbers = device.key.public_key().public_numbers()
    with connection.cursor() as cursor:
        found = b""
        for table in ("accounts_passkey", "accounts_attempt"):
            cursor.execute(f"SELECT * FROM {table}")
            found += b"".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for row in cursor.fetchall()
                for value in row
            )
    number = device.credential
    for secret in ("телефон".encode(), numbers.x.to_bytes(32, "big"), number, number.hex().encode()):
        assert secret not in found


def test_an_attempt_holds_nothing_of_a_person(user, device):
    asked("", Purpose.ALONE)
    row = Attempt.objects.get()
    assert (row.session_id, bytes(row.detail)) == (0, b"")

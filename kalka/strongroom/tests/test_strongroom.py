"""A shelter's address, sealed to two posts: who opens it, who never does, and what happens when people come and go."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from kalka.accounts import services as accounts
from kalka.cases.tests.factories import NOW, TODAY, in_a_command, post
from kalka.core import rootfile
from kalka.core.actors import SYSTEM, SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory.models import Holding
from kalka.strongroom import keeping, selectors, services
from kalka.strongroom.models import HeldKey, HolderKey, PostKey, SealedBox, SealedValue
from kalka.strongroom.rules import Kind
from kalka.vault import boxes, crypto
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.keys import Keys, new_keys

pytestmark = [pytest.mark.django_db, pytest.mark.both]

FOUNDER = Actor(SYSTEM_ID, frozenset({Permission.USERS_MANAGE, Permission.POSTS_MANAGE}))
WORDS, OTHER_WORDS = "juniper felt apricot", "seven white foals"
ADDRESS = {"street": "Токтогул 5", "bell": "Айгүл"}


@pytest.fixture(autouse=True)
def _lighter(monkeypatch):
    """The same function with less memory: what it costs is not what is tested."""
    monkeypatch.setattr(rootfile, "MEMORY_KIB", 64)


def somebody(login: str, role: str = "shelter_worker", like: Actor | None = None) -> Actor:
    user = accounts.create_user(FOUNDER, login=login, name=login, password=None, now=NOW)
    made = post(role, user_id=user.id)
    post_id = like.post_id if like else made.post_id
    if like:
        Holding.objects.create(post_id=post_id, user_id=user.id, since=date(2020, 1, 1))
    return Actor(user.id, made.permissions, made.holders, post_id=post_id, subject_id=user.subject_id)


@pytest.fixture
def at() -> SimpleNamespace:
    private, public = boxes.pair()
    services.set_recovery(SYSTEM, public=public, now=NOW)
    at = SimpleNamespace(recovery=private, aida=somebody("aida"), bakyt=somebody("bakyt", "crisis_worker"))
    for actor in (at.aida, at.bakyt):
        services.enrol(actor, words=WORDS, now=NOW)
        services.make_post_key(actor, now=NOW)
    at.subject = new_id()
    at.keys = new_keys(at.subject, [Klass.CONTACT])
    at.value = kept(at, at.aida)
    return at


def kept(at, *posts: Actor) -> SealedValue:
    told = {"id": new_id(), "subject_id": at.subject, "kind": Kind.SHELTER, "value": ADDRESS, "now": NOW}
    writer = Actor(77, frozenset(), post_id=1)
    ids = [one.post_id for one in posts]
    return in_a_command(lambda: keeping.keep(writer, at.keys, post_ids=ids, **told))


def opened(at, actor: Actor, words: str = WORDS, keys: Keys | None = None):
    return selectors.open_value(actor, keys or at.keys, at.value.pk, words=words, now=NOW)


def test_a_holder_of_a_named_post_opens_it_with_her_words_and_it_is_recorded(at):
    assert opened(at, at.aida) == ADDRESS
    entry = AuditEntry.objects.get(command="strongroom.open")
    assert (entry.kind, entry.actor_id, entry.subject_id) == ("read", at.aida.user_id, at.subject)


def test_other_words_open_nothing_and_the_try_is_recorded(at):
    with pytest.raises(DomainError, match="core.passphrase_wrong"):
        opened(at, at.aida, OTHER_WORDS)
    assert AuditEntry.objects.filter(command="strongroom.open").count() == 1


def test_another_post_and_whoever_wrote_it_open_nothing(at):
    for actor in (
        at.bakyt,
        Actor(77, frozenset(), post_id=1),
        Actor(at.aida.user_id, frozenset(), post_id=at.bakyt.post_id),
    ):
        with pytest.raises(AccessDenied):
            opened(at, actor)


def test_without_the_key_of_the_file_it_does_not_open_either(at):
    """Destroyed with the file: the box of the post alone is not enough."""
    with pytest.raises(Refused):
        opened(at, at.aida, keys=Keys({}))


def test_the_server_with_all_it_stores_does_not_open_it(at):
    """The root key, every row and every data key, and nobody's words: the private halves do not come out."""
    from kalka.accounts.own import own_keys

    holder = HolderKey.objects.get(user_id=at.aida.user_id)
    from base64 import b64decode

    secret = b64decode(own_keys(at.aida.subject_id).get(holder, "secret"))
    assert rootfile.is_wrapped(secret)
    inner = b64decode(at.keys.get(at.value, "sealed"))
    for key in (secret[-32:], bytes(holder.public), at.keys.bytes_key(at.subject, Klass.CONTACT)):
        with pytest.raises(Refused):
            crypto.unseal(key, inner, keeping.bound(at.value))
        for box in SealedBox.objects.all():
            with pytest.raises(Refused):
                boxes.unseal(key, bytes(box.box), b"value")


def test_a_new_holder_is_given_the_key_by_a_present_one(at):
    new = somebody("cholpon", like=at.aida)
    assert selectors.waiting(at.aida, now=NOW) == []
    with pytest.raises(DomainError, match="strongroom.no_words"):
        services.give(at.aida, to_user=new.user_id, words=WORDS, now=NOW)
    services.enrol(new, words=OTHER_WORDS, now=NOW)
    assert selectors.waiting(at.aida, now=NOW) == [new.user_id]
    with pytest.raises(AccessDenied):
        opened(at, new, OTHER_WORDS)
    services.give(at.aida, to_user=new.user_id, words=WORDS, now=NOW)
    assert opened(at, new, OTHER_WORDS) == ADDRESS and selectors.waiting(at.aida, now=NOW) == []


def test_whoever_left_opens_nothing_more_and_the_key_is_taken_back(at):
    Holding.objects.filter(user_id=at.aida.user_id).update(until=TODAY - timedelta(days=1))
    with pytest.raises(AccessDenied):
        opened(at, at.aida)
    assert len(services.take_back(SYSTEM, now=NOW)) == 1
    assert HeldKey.objects.count() == 1 and services.take_back(SYSTEM, now=NOW) == []
    assert selectors.shut_posts(FOUNDER, now=NOW) == [at.aida.post_id]


def test_a_vacant_post_is_opened_again_out_of_the_parts_on_paper(at):
    Holding.objects.filter(user_id=at.aida.user_id).update(until=TODAY - timedelta(days=1))
    services.take_back(SYSTEM, now=NOW)
    new = somebody("cholpon", like=at.aida)
    services.enrol(new, words=OTHER_WORDS, now=NOW)
    told = {"post_id": at.aida.post_id, "to_user": new.user_id, "now": NOW}
    with pytest.raises(DomainError, match="strongroom.recovery_wrong"):
        services.recover(SYSTEM, recovery=boxes.pair()[0], **told)
    services.recover(SYSTEM, recovery=at.recovery, **told)
    assert opened(at, new, OTHER_WORDS) == ADDRESS and selectors.shut_posts(FOUNDER, now=NOW) == []


def test_whoever_forgot_the_words_is_given_the_key_anew(at):
    new = somebody("cholpon", like=at.aida)
    services.enrol(new, words=OTHER_WORDS, now=NOW)
    services.give(at.aida, to_user=new.user_id, words=WORDS, now=NOW)
    services.enrol(at.aida, words="quite other words", now=NOW)
    with pytest.raises(AccessDenied):
        opened(at, at.aida, "quite other words")
    services.give(new, to_user=at.aida.user_id, words=OTHER_WORDS, now=NOW)
    assert opened(at, at.aida, "quite other words") == ADDRESS


def test_another_post_is_named_by_whoever_can_open_it(at):
    with pytest.raises(AccessDenied):
        services.name_post(at.bakyt, value_id=at.value.pk, post_id=at.bakyt.post_id, words=WORDS, now=NOW)
    services.name_post(at.aida, value_id=at.value.pk, post_id=at.bakyt.post_id, words=WORDS, now=NOW)
    services.name_post(at.aida, value_id=at.value.pk, post_id=at.bakyt.post_id, words=WORDS, now=NOW)
    assert opened(at, at.bakyt) == ADDRESS and SealedBox.objects.count() == 2


def test_a_value_for_nobody_is_not_kept(at):
    keyless = somebody("cholpon")
    for posts in ((), (keyless,), (at.aida, keyless)):
        with pytest.raises(DomainError, match="strongroom.post_without_key"):
            kept(at, *posts)
    assert SealedValue.objects.count() == 1


def test_one_key_a_post_and_none_before_there_is_a_way_back(at):
    with pytest.raises(DomainError, match="strongroom.key_there"):
        services.make_post_key(at.aida, now=NOW)
    with pytest.raises(DomainError, match="strongroom.recovery_there"):
        services.set_recovery(SYSTEM, public=b"x" * 32, now=NOW)
    with pytest.raises(DomainError, match="core.passphrase_short"):
        services.enrol(at.bakyt, words="short", now=NOW)
    assert PostKey.objects.count() == 2 and HolderKey.objects.count() == 2


def test_a_stranger_is_given_nothing(at):
    with pytest.raises(DomainError, match="strongroom.not_in_the_post"):
        services.give(at.aida, to_user=at.bakyt.user_id, words=WORDS, now=NOW)
    for do in (
        lambda: services.give(
            Actor(5, frozenset({Permission.OWN_ACCOUNT}), post_id=at.aida.post_id), to_user=5, words=WORDS, now=NOW
        ),
        lambda: services.recover(at.aida, post_id=1, to_user=1, recovery=b"", now=NOW),
        lambda: services.take_back(at.aida, now=NOW),
        lambda: selectors.shut_posts(at.aida, now=NOW),
        lambda: keeping.keep(
            at.aida, at.keys, id=new_id(), subject_id=at.subject, kind=Kind.PLACE, value=1, post_ids=[1], now=NOW
        ),
    ):
        with pytest.raises(AccessDenied):
            do()

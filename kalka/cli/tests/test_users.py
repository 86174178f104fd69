"""`kalka organisation` and `kalka user`: the first administrator; tokens, shown once and ended at once."""

from datetime import date

import pytest
from click.testing import CliRunner, Result

from kalka.access import who
from kalka.accounts import services
from kalka.accounts.models import Session, User
from kalka.cli.organisations import organisation
from kalka.cli.users import CONSOLE, user
from kalka.core import clock
from kalka.core.actors import SYSTEM
from kalka.core.permissions import Permission
from kalka.directory.models import Holding, Organisation, Post
from kalka.directory.roles import ROLES
from kalka.places import services as places

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(user, arguments)


NAMES = ("--ky", "Тейлөө", "--ru", "Оператор", "--en", "Operator")


def founded(*more: str) -> Result:
    places.install_builtin(SYSTEM, now=clock.now())
    return CliRunner().invoke(organisation, ["add", "operator", "--place", "41700000000000", *NAMES, *more])


def test_an_empty_installation_gets_its_first_administrator() -> None:
    assert founded().exit_code == 0
    made = Organisation.objects.get()
    assert run("add", "aida", "--name", "Аида", "--administrator-of", str(made.pk)).exit_code == 0
    assert run("add", "bakyt", "--name", "Бакыт", "--administrator-of", str(made.pk)).exit_code == 0
    post = Post.objects.get()  # one post, held by both
    assert (post.role, post.place, Holding.objects.filter(post=post).count()) == ("administrator", made.place, 2)
    assert Permission.POSTS_MANAGE in ROLES[post.role].permissions


@pytest.mark.parametrize("place", [["--parent", "999999"], ["--place", "41799999999999"]])
def test_an_organisation_nowhere_is_refused(place: list[str]) -> None:
    refused = founded(*place)
    assert (refused.exit_code, Organisation.objects.count()) == (1, 0)


@pytest.mark.parametrize("where", ["--post", "--administrator-of"])
def test_nobody_is_made_for_a_post_that_does_not_exist(where: str) -> None:
    refused = run("add", "aida", "--name", "Аида", where, "999999")
    assert (refused.exit_code, User.objects.count(), Post.objects.count()) == (1, 0, 0)


def test_the_organisations_are_listed_with_their_numbers() -> None:
    founded()
    told = CliRunner().invoke(organisation, ["list", "--lang", "en"]).stdout
    assert told.split() == [str(Organisation.objects.get().pk), "operator", "41700000000000", "Operator"]


@pytest.fixture
def account() -> User:
    return services.create_user(CONSOLE, login="clinic", name="К", password="carpet thunder apricot", now=clock.now())


@pytest.fixture
def post(account: User) -> Post:
    clinic = Organisation.objects.create(kind="police", name={"ky": "а", "ru": "а", "en": "a"}, place="KG")
    made = Post.objects.create(role="health_worker", organisation=clinic, place="KG", since=date(2020, 1, 1))
    Holding.objects.create(post=made, user_id=account.pk, since=date(2020, 1, 1))
    return made


def test_the_token_alone_stands_in_the_output(post: Post) -> None:
    done = run("token", "clinic", "--scope", "reports:write", "--post", str(post.pk), "--days", "30")
    assert done.exit_code == 0 and "clinic" in done.stderr
    actor = who.visitor(done.stdout.strip(), now=clock.now(), api=True).actor
    assert (actor.post_id, actor.scopes) == (post.pk, {"reports:write"})
    assert (Session.objects.get().ends_at - Session.objects.get().started_at).days == 30


@pytest.mark.parametrize(
    "wrong", [["nobody", "--post", "1"], ["clinic", "--post", "999999"], ["clinic", "--post", "{}", "--days", "366"]]
)
def test_what_cannot_be_issued_is_said_and_nothing_is(post: Post, wrong: list[str]) -> None:
    refused = run("token", "--scope", "law:read", *(word.format(post.pk) for word in wrong))
    assert (refused.exit_code, refused.stdout, Session.objects.count()) == (1, "", 0)


@pytest.mark.parametrize("scope", [[], ["--scope", "everything"], ["--scope", ""]])
def test_no_token_without_a_scope_of_the_list(post: Post, scope: list[str]) -> None:
    refused = run("token", "clinic", "--post", str(post.pk), *scope)
    assert (refused.exit_code, refused.stdout, Session.objects.count()) == (2, "", 0)


def test_the_tokens_that_run_are_listed_without_their_secret(post: Post) -> None:
    assert run("tokens").stdout == ""
    first = run("token", "clinic", "--post", str(post.pk), "--scope", "law:read", "--scope", "cases:read").stdout
    for listed in (run("tokens"), run("tokens", "clinic")):
        login, number, scopes, *days = listed.stdout.rstrip("\n").split("\t")
        assert (login, number, scopes, len(days)) == ("clinic", str(post.pk), "cases:read law:read", 3)
        assert first.strip() not in listed.output
    assert run("tokens", "nobody").exit_code == 1


def test_tokens_are_ended_from_the_console(post: Post) -> None:
    token = run("token", "clinic", "--scope", "reports:write", "--post", str(post.pk)).stdout.strip()
    assert run("end-tokens", "clinic").exit_code == 0
    assert who.visitor(token, now=clock.now(), api=True).actor is None


def test_a_suspended_account_is_out_at_once(post: Post) -> None:
    token = run("token", "clinic", "--scope", "reports:write", "--post", str(post.pk)).stdout.strip()
    assert run("suspend", "clinic").exit_code == 0
    assert who.visitor(token, now=clock.now(), api=True).actor is None
    assert run("suspend", "clinic").exit_code == 1

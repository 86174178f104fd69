"""`kalka user token`: shown once, for a post that is held, and ended at once."""

from datetime import date

import pytest
from click.testing import CliRunner, Result

from kalka.access import who
from kalka.accounts import services
from kalka.accounts.models import Session, User
from kalka.cli.users import CONSOLE, user
from kalka.core import clock
from kalka.directory.models import Holding, Organisation, Post

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(user, arguments)


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
    done = run("token", "clinic", "--post", str(post.pk), "--days", "30")
    assert done.exit_code == 0 and "clinic" in done.stderr
    actor = who.visitor(done.stdout.strip(), now=clock.now(), api=True).actor
    assert actor.post_id == post.pk
    assert (Session.objects.get().ends_at - Session.objects.get().started_at).days == 30


@pytest.mark.parametrize(
    "wrong", [["nobody", "--post", "1"], ["clinic", "--post", "999999"], ["clinic", "--post", "{}", "--days", "366"]]
)
def test_what_cannot_be_issued_is_said_and_nothing_is(post: Post, wrong: list[str]) -> None:
    refused = run("token", *(word.format(post.pk) for word in wrong))
    assert (refused.exit_code, refused.stdout, Session.objects.count()) == (1, "", 0)


def test_tokens_are_ended_from_the_console(post: Post) -> None:
    token = run("token", "clinic", "--post", str(post.pk)).stdout.strip()
    assert run("end-tokens", "clinic").exit_code == 0
    assert who.visitor(token, now=clock.now(), api=True).actor is None

"""An outside provider: a real one answers on the loopback, honest or made to lie."""

import base64
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import flask
import httpx
import pytest
from django.conf import settings as configured_settings
from django.test import Client

from kalka.accounts import outside, rules, services
from kalka.accounts.models import Attempt, OutsideName, Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services.sessions import open_session
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission

with warnings.catch_warnings():  # of the packages the provider itself is made of
    warnings.simplefilter("ignore")
    from authlib import jose
    from oidc_provider_mock._app import app as provider_app
    from oidc_provider_mock._server import _threaded_server
    from oidc_provider_mock._storage import User as Person
    from oidc_provider_mock._storage import storage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

KEEPER = Actor(900, frozenset({Permission.USERS_MANAGE}), post_id=1)
PASSWORD, BACK = "carpet thunder apricot", "http://testserver/sign-in/outside/back/"


@dataclass
class Provider:
    """`how` alters the token on its way out; without it the provider says the truth."""

    address: str = ""
    how: Callable[[str], str] | None = None

    def lie(self, answer):
        if flask.request.path == "/oauth2/token" and self.how and answer.status_code == 200:
            told = answer.get_json()
            answer.set_data(json.dumps({**told, "id_token": self.how(told["id_token"])}))
        return answer


@pytest.fixture(scope="module")
def provider():
    made, app = Provider(), provider_app(user_claims=[Person(sub="12345678901234", claims={"acr": "high"})])
    app.after_request(made.lie)
    with _threaded_server(poll_interval=0.02, app=app) as server:
        made.address = f"http://localhost:{server.server_port}"
        yield made


@pytest.fixture
def site(provider, settings, tmp_path):
    provider.how = None
    secret = tmp_path / "secret"
    secret.write_text("not-a-secret\n")
    settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET_FILE = provider.address, "kalka", secret
    return provider


@pytest.fixture
def user() -> User:
    made = services.create_user(KEEPER, login="aigul", name="Айгүл", password=PASSWORD, now=clock.now())
    made.totp_step = 1
    made.save()
    return made


def own(user) -> Actor:
    return Actor(user.id, frozenset({Permission.OWN_ACCOUNT}))


def linked(user, said="12345678901234"):
    services.propose_outside_name(KEEPER, login=user.login, said=said, now=clock.now())
    services.answer_outside_name(own(user), agreed=True, now=clock.now())


def went(client, *, wanted="") -> dict[str, str]:
    """Out, and what the provider sends back: the person presses its button."""
    answer = client.get("/sign-in/outside/" + (f"?next={wanted}" if wanted else ""))
    assert answer.status_code == 302, answer.content
    pressed = httpx.post(answer.headers["Location"], data={"sub": "12345678901234"}, follow_redirects=False)
    came = urlsplit(pressed.headers["Location"])
    assert f"{came.scheme}://{came.netloc}{came.path}" == BACK
    return {name: values[0] for name, values in parse_qs(came.query).items()}


def came_back(client, told, *, method="get"):
    return getattr(client, method)("/sign-in/outside/back/", told)


def let_in(answer) -> bool:
    return configured_settings.SESSION_COOKIE in answer.cookies


def test_requirement_27_the_provider_says_who_one_is_and_ones_own_second_step_follows(site, user):
    linked(user)
    client = Client()
    answer = came_back(client, went(client, wanted="/me/"))
    assert let_in(answer) and 'url=/sign-in/code/?next=%2Fme%2F"' in answer.content.decode()
    assert Session.objects.get().stage == Stage.CODE
    assert Attempt.objects.count() == 0


def test_where_the_provider_asked_for_enough_it_is_both_steps(site, user, settings):
    settings.OIDC_ACR = ["high"]
    linked(user)
    client = Client()
    assert let_in(came_back(client, went(client, wanted="/me/")))
    assert client.get("/me/").status_code == 200


def test_a_provider_may_answer_by_a_form_of_its_own(site, user, settings):
    settings.OIDC_FORM_POST = True
    linked(user)
    client = Client(enforce_csrf_checks=True)
    assert let_in(came_back(client, went(client), method="post"))


def test_over_https_the_state_travels_with_a_form_of_another_site_and_the_session_does_not(site, user, settings):
    settings.HTTPS = True
    linked(user)
    client = Client()
    told = went(client)
    state = client.cookies[configured_settings.STATE_COOKIE]
    assert (state["samesite"], state["secure"], state["httponly"], state["max-age"]) == ("None", True, True, 600)
    session = came_back(client, told).cookies[configured_settings.SESSION_COOKIE]
    assert session["samesite"] == "Strict"


def test_whom_nobody_agreed_to_is_let_in_nowhere(site, user):
    client = Client()
    assert not let_in(came_back(client, went(client)))
    services.propose_outside_name(KEEPER, login="aigul", said="12345678901234", now=clock.now())
    assert not let_in(came_back(client, went(client)))
    linked(user)
    services.suspend_user(KEEPER, user_id=user.id, now=clock.now())
    assert not let_in(came_back(client, went(client)))
    assert Session.objects.count() == 0 and User.objects.count() == 1  # no account is made either


def altered(**claims):
    """Signed by the provider's own key, with other words in it."""

    def lie(token: str) -> str:
        head, body, _ = token.split(".")
        told = json.loads(base64.urlsafe_b64decode(body + "=="))
        keep = json.loads(base64.urlsafe_b64decode(head + "=="))
        told.update(claims)
        key = storage.jwk.as_dict(is_private=True)
        return jose.jwt.encode({"alg": "RS256", "kid": keep.get("kid")}, told, key).decode()

    return lie


def unsigned(token: str) -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    return f"{head}.{token.split('.')[1]}."


def by_another(token: str) -> str:
    body = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return jose.jwt.encode({"alg": "HS256"}, body, b"not-a-secret-but-long-enough-to-be-one").decode()


LONG_AGO = int((clock.now() - timedelta(hours=1)).timestamp())
WRONG = {
    "a wrong nonce": altered(nonce="another"),
    "no nonce": altered(nonce=None),
    "for somebody else": altered(aud="another"),
    "for several, and not for us": altered(aud=["kalka", "another"], azp="another"),
    "by another issuer": altered(iss="https://evil.example"),
    "long over": altered(exp=LONG_AGO),
    "made in days to come": altered(iat=int((clock.now() + timedelta(days=1)).timestamp())),
    "signed by nobody": unsigned,
    "signed with a shared secret": by_another,
    "cut": lambda token: token[:-8],
    "no token": lambda token: "x",
}


@pytest.mark.parametrize("lie", WRONG, ids=str)
def test_requirement_27_a_word_that_does_not_hold_opens_nothing(site, user, lie):
    linked(user)
    site.how = WRONG[lie]
    client = Client()
    answer = came_back(client, went(client))
    assert answer.status_code == 200 and not let_in(answer) and Session.objects.count() == 0
    site.how = altered()
    assert let_in(came_back(client, went(client)))  # signed anew without a lie, it holds


def test_requirement_27_a_code_and_a_state_are_used_once(site, user):
    linked(user)
    client = Client()
    told = went(client)
    cookie = client.cookies[configured_settings.STATE_COOKIE].value
    assert let_in(came_back(client, told))
    again = Client()
    again.cookies[configured_settings.STATE_COOKIE] = cookie
    assert not let_in(came_back(again, told))
    fresh = Client()
    ours = went(fresh)
    assert not let_in(came_back(fresh, {**ours, "code": told["code"]}))  # the provider itself refuses the code


def test_requirement_27_a_mixed_up_state_opens_nothing(site, user):
    linked(user)
    one, other = Client(), Client()
    mine, his = went(one), went(other)
    assert not let_in(came_back(one, {**mine, "state": his["state"]}))
    assert not let_in(came_back(Client(), his))  # without the cookie: somebody else's way
    assert not let_in(came_back(other, {**his, "iss": "https://evil.example"}))
    assert Session.objects.count() == 0


def test_what_was_begun_long_ago_is_over(site, user):
    linked(user)
    client = Client()
    told = went(client)
    Attempt.objects.update(begun_at=clock.now() - rules.OUTSIDE_FOR)
    assert not let_in(came_back(client, told))


def test_the_way_out_asks_with_a_proof_of_its_own(site):
    asked = parse_qs(urlsplit(Client().get("/sign-in/outside/").headers["Location"]).query)
    assert (asked["code_challenge_method"], asked["redirect_uri"]) == (["S256"], [BACK])
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))


def test_until_somebody_is_configured_there_is_no_such_door(user, settings):
    assert settings.OIDC_ISSUER == ""
    for path in ("/sign-in/outside/", "/sign-in/outside/back/"):
        assert Client().get(path).status_code == 404
    assert "/sign-in/outside/" not in Client().get("/sign-in/").content.decode()


def test_a_provider_that_is_away_or_another_than_it_says_is_told_in_words(site, settings, user):
    settings.OIDC_ISSUER = site.address + "/"
    assert Client().get("/sign-in/outside/").status_code == 200
    settings.OIDC_ISSUER = "http://localhost:1"
    assert Client().get("/sign-in/outside/").status_code == 200
    assert Attempt.objects.count() == 0


# Whom it means


def test_nobody_lends_themselves_an_account(user):
    with pytest.raises(DomainError, match=r"accounts\.outside_own"):
        services.propose_outside_name(Actor(user.id, KEEPER.permissions), login="aigul", said="1", now=clock.now())
    services.propose_outside_name(KEEPER, login="aigul", said="1", now=clock.now())
    assert OutsideName.objects.get().agreed_at is None
    assert outside.name_mac("1") == bytes(OutsideName.objects.get().mac) != b"1"


def test_a_number_is_one_persons_and_a_newer_one_ends_the_former(user):
    linked(user, "1")
    services.create_user(KEEPER, login="bek", name="Бек", password=PASSWORD, now=clock.now())
    with pytest.raises(DomainError, match=r"accounts\.outside_taken"):
        services.propose_outside_name(KEEPER, login="bek", said=" 1 ", now=clock.now())
    linked(user, "2")
    assert OutsideName.objects.filter(ended_at=None).count() == 1
    services.answer_outside_name(own(user), agreed=False, now=clock.now())
    assert OutsideName.objects.filter(ended_at=None).count() == 0


def test_on_the_pages_it_is_proposed_by_one_and_agreed_to_by_the_other(user, site):
    client = Client()
    client.cookies[configured_settings.SESSION_COOKIE] = open_session(user, stage=Stage.FULL, now=clock.now()).token
    services.propose_outside_name(KEEPER, login="aigul", said="12345678901234", now=clock.now())
    key = "6d1a53c3-4f3b-4f6c-8a53-0f5f4a6f7c11"
    assert 'value="agree"' in client.get("/me/outside/").content.decode()
    assert client.post("/me/outside/", {"key": key, "do": "agree"}).status_code == 302
    assert OutsideName.objects.get().agreed_at is not None
    assert 'value="agree"' not in client.get("/me/outside/").content.decode()

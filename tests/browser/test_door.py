"""Coming in: a password and a code, and how the first administrator lets the others in."""

import time

import pyotp
import pytest

from kalka.demo.staffing import PASSWORD
from tests.browser.seat import Seat, ky

pytestmark = pytest.mark.browser

STEP = 30  # seconds a code is shown


def password(there: Seat, login: str, secret: str) -> None:
    there.go("/")
    there.write("User name", login)
    there.write("Password", secret)
    there.press("Continue")


def enrolled(there: Seat) -> str:
    """The second step, set up as with an app on a phone. Returns what the app keeps."""
    assert there.heading("Set up the second step").is_visible()
    assert there.page.locator(".qr svg").is_visible()
    secret = there.page.locator("main .code").inner_text()
    there.write("Code from the app", pyotp.TOTP(secret).now())
    there.press("Sign in")
    there.follow("Later")  # the recovery codes
    return secret


def test_nobody_comes_in_with_a_password_alone(seat, house):
    there = seat(home=house.office)
    password(there, "inspektor3", PASSWORD)
    secret = enrolled(there)
    assert there.path == "/" and there.heading("Today").is_visible()

    there.follow_me()
    there.press("Sign out")
    password(there, "inspektor3", PASSWORD)
    assert there.heading("Second step").is_visible()
    there.write("Code from the app", "000000")
    with there.page.expect_navigation():
        there.button("Sign in").click()
    assert there.page.locator(".field--bad").count() == 1

    there.go("/")
    assert there.path.startswith("/sign-in/")  # half a sign-in opens nothing
    password(there, "inspektor3", PASSWORD)
    there.write("Code from the app", pyotp.TOTP(secret).at(time.time() + STEP))  # each code counts once
    there.press("Sign in")
    assert there.heading("Today").is_visible()


def test_the_first_administrator_makes_a_post_and_lets_somebody_in(seat, house):
    said = house.console(
        "user", "add", "birinchi", "--name", "Нурзат Алиев", "--post", str(house.filled["posts"]["admin"])
    )
    first = seat(home=house.office)
    password(first, "birinchi", said.split()[-1])
    enrolled(first)

    first.follow("Posts")
    first.follow("New post")
    first.field("Role").select_option("health_worker")
    first.field("Organisation").select_option(label="Нарын үй-бүлөлүк медицина борбору")
    first.field("Territory").select_option(house.filled["place"])
    first.press("Make the post")
    first.write("User name", "jany")
    first.write("Name of the person", "Жаныл Сатарова")
    first.press("Appoint")
    given = first.page.locator(".notice .code").inner_text()

    somebody = seat(home=house.office)
    password(somebody, "jany", given)
    enrolled(somebody)
    assert somebody.heading("Today").is_visible()
    somebody.follow_me()
    assert somebody.page.get_by_role("heading", name="Жаныл Сатарова").is_visible()

    first.go(first.path)
    assert given not in first.page.content()  # shown once
    with first.page.expect_navigation():
        first.page.get_by_role("button", name=ky("End it now")).first.click()
    somebody.go("/me/")
    assert somebody.says("You hold no post now, so nothing can be opened. Ask the administrator.").is_visible()


def test_a_wrong_password_says_neither_whether_the_name_is_known(seat, house):
    said = []
    for login in ("katchy2", "kimdir"):
        there = seat(home=house.office)
        there.go("/")
        there.write("User name", login)
        there.write("Password", "туура-эмес-сырсөз")
        with there.page.expect_navigation():
            there.button("Continue").click()
        said.append(there.page.locator("[data-errors]").inner_text())
        assert there.page.locator("[data-errors]").evaluate("one => one === document.activeElement")
        assert there.field("User name").input_value() == login and there.field("Password").input_value() == ""
    assert said[0] == said[1] != ""


def a_device(there: Seat) -> None:
    """A device of the browser's own, which says that it asked its holder."""
    panel = there.context.new_cdp_session(there.page)
    panel.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    panel.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_set_up_confirms_and_opens_the_door_alone(seat, house):
    there = seat(home=house.demo.replace("127.0.0.1", "localhost"))
    a_device(there)
    password(there, "sotsial3", PASSWORD)  # nobody else's here: from now on this sign-in has a second step
    there.go("/me/passkeys/")
    there.write("What you call it", "Самсунг")
    there.press("Set up a passkey")
    assert there.page.get_by_text("Самсунг").is_visible()
    there.go("/me/confirm/?next=/me/")
    there.press("Confirm by the passkey")
    assert there.path == "/me/"
    there.press("Sign out")
    there.follow("Sign in with a passkey")
    there.press("Sign in")
    assert there.heading("Today").is_visible()

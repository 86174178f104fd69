"""Everything that can be done to an account."""

from kalka.accounts.models import Session
from kalka.accounts.services.codes import make_codes
from kalka.accounts.services.confirming import change_password, confirm
from kalka.accounts.services.entering import (
    begin_enrolment,
    enter_code,
    enter_recovery_code,
    finish_enrolment,
    sign_in,
    ways,
)
from kalka.accounts.services.keeping import (
    create_user,
    end_every_session,
    end_my_sessions,
    end_session,
    end_tokens,
    issue_token,
    suspend_user,
    take_post,
)
from kalka.accounts.services.passkeys import (
    add_passkey,
    ask_own_passkey,
    ask_passkey,
    confirm_by_passkey,
    enrol_passkey,
    enter_by_passkey,
    remove_passkey,
    sign_in_by_passkey,
)
from kalka.accounts.services.sessions import Opened, open_session, sign_out

__all__ = [
    "Opened",
    "Session",
    "add_passkey",
    "ask_own_passkey",
    "ask_passkey",
    "begin_enrolment",
    "change_password",
    "confirm",
    "confirm_by_passkey",
    "create_user",
    "end_every_session",
    "end_my_sessions",
    "end_session",
    "end_tokens",
    "enrol_passkey",
    "enter_by_passkey",
    "enter_code",
    "enter_recovery_code",
    "finish_enrolment",
    "issue_token",
    "make_codes",
    "open_session",
    "remove_passkey",
    "sign_in",
    "sign_in_by_passkey",
    "sign_out",
    "suspend_user",
    "take_post",
    "ways",
]

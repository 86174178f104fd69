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
from kalka.accounts.services.sessions import Opened, open_session, sign_out

__all__ = [
    "Opened",
    "Session",
    "begin_enrolment",
    "change_password",
    "confirm",
    "create_user",
    "end_every_session",
    "end_my_sessions",
    "end_session",
    "end_tokens",
    "enter_code",
    "enter_recovery_code",
    "finish_enrolment",
    "issue_token",
    "make_codes",
    "open_session",
    "sign_in",
    "sign_out",
    "suspend_user",
    "take_post",
    "ways",
]

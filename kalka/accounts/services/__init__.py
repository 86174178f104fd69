"""Everything that can be done to an account."""

from kalka.accounts.models import Session
from kalka.accounts.services.apps import begin_app, begin_enrolment, finish_enrolment, set_app
from kalka.accounts.services.codes import make_codes
from kalka.accounts.services.confirming import change_password, confirm
from kalka.accounts.services.entering import (
    enter_code,
    enter_recovery_code,
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
    name_member,
    suspend_user,
    take_post,
)
from kalka.accounts.services.outside import answer_outside_name, propose_outside_name, sign_in_outside
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
from kalka.accounts.services.recovering import (
    ask_recovery,
    confirm_recovery,
    recover,
    see_recovery,
    stop_recovery,
)
from kalka.accounts.services.sessions import Opened, open_session, sign_out

__all__ = [
    "Opened",
    "Session",
    "add_passkey",
    "answer_outside_name",
    "ask_own_passkey",
    "ask_passkey",
    "ask_recovery",
    "begin_app",
    "begin_enrolment",
    "change_password",
    "confirm",
    "confirm_by_passkey",
    "confirm_recovery",
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
    "name_member",
    "open_session",
    "propose_outside_name",
    "recover",
    "remove_passkey",
    "see_recovery",
    "set_app",
    "sign_in",
    "sign_in_by_passkey",
    "sign_in_outside",
    "sign_out",
    "stop_recovery",
    "suspend_user",
    "take_post",
    "ways",
]

"""Words for the refusals of accounts."""

from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "accounts.refused": _("The user name or the password is not right. Check both and try again."),
    "accounts.locked": _(
        "Too many tries for this name from this place. Wait {minutes} minutes and try again, or ask the administrator."
    ),
    "accounts.code_wrong": _("The code is not right or was used already. Wait for the next one and write it."),
    "accounts.recovery_code_wrong": _("This is none of your recovery codes, or it was used already. Take another."),
    "accounts.not_confirmed": _("That is neither your password nor the code of this minute. Nothing was done yet."),
    "accounts.passkey_refused": _(
        "The passkey was not accepted. Try once more; if it stays so, take another way and tell the administrator."
    ),
    "accounts.passkeys_many": _("You have {most} passkeys already. Remove one you do not use."),
    "accounts.last_second_factor": _("This is your only second step. Set up another one first."),
    "accounts.login_unknown": _("There is no account of this name, or it is suspended."),
    "accounts.recovery_own": _("This is your own account. Another administrator asks for it."),
    "accounts.recovery_not_yours": _(
        "This waits no more, or it needs somebody else: another person, from another post, who keeps accounts or leads."
    ),
    "accounts.recovery_refused": _(
        "The name or one of the words is not right, or their time is over. Check them, or ask both persons anew."
    ),
    "accounts.outside_refused": _(
        "The state's service did not tell us who you are, or nobody here agreed to it yet. Sign in with your password."
    ),
    "accounts.outside_away": _("The state's service does not answer. Sign in with your password, or try later."),
    "accounts.outside_own": _("This is your own account. Another administrator proposes it."),
    "accounts.outside_taken": _("Somebody has this already. Nothing was changed."),
    "accounts.password_wrong": _("This is not your password now."),
    "accounts.password_short": _("Too short: at least {least} characters."),
    "accounts.password_long": _("Too long: at most {most} characters."),
    "accounts.password_common": _("This password is guessed first. Take words that do not belong together."),
    "accounts.token_days": _("A token runs from 1 to {most} days. Nothing was issued."),
    "accounts.token_scopes": _("A token is issued for at least one scope of the list. Nothing was issued."),
    "accounts.login_unfit": _(
        "A user name has 2 to 64 letters or figures; dots, hyphens and underscores may join them."
    ),
    "accounts.login_taken": _("Somebody has this user name already. Choose another."),
}

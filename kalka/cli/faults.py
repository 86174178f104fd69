"""The words for what an installation must not start with."""

import click
from django.utils.translation import gettext as _

from config import checks


def words(code: str, about: str) -> str:
    said = {
        "secret_unset": _("{about} is not set. Set it to at least 40 random characters."),
        "secret_of_a_demo": _("{about} is short or a demo's. Set it to at least 40 random characters."),
        "debug": _("{about} is on. Switch it off."),
        "demo": _("{about} is on. A demo is started with `kalka demo` alone."),
        "root_key_missing": _("{about}: there is no root key. Run `kalka prepare`."),
        "root_key_readable": _("{about}: others may read the root key. Give it mode 0400."),
        "root_key_unusable": _("{about}: this file holds no root key. Put the right one back from its copy."),
        "root_key_in_code": _("{about}: the bare root key lies in the folder of the program. Put it elsewhere."),
        "root_key_of_a_demo": _("{about}: this folder holds a demo's key and data. Use another folder."),
        "root_key_beside_data": _(
            "{about}: the bare root key lies on the same disk as the data. "
            "Put it under a passphrase with `kalka keys wrap`, or hand it over as a system credential."
        ),
        "backup_secret_here": _(
            "{about}: a secret key lies here that opens the backups. Whoever takes this machine could read them. Keep "
            "it on a medium of its own and delete it here; if others may have read it, make a new one."
        ),
        "recipient_unusable": _("{about}: one of them is no public key (age1…)."),
        "address_undeclared": _("{about}: this address has no line in the access policy."),
        "address_without_scope": _("{about}: the access policy does not say which scope a token needs for it."),
        "address_gone": _("{about}: the access policy names an address that does not exist."),
    }
    return said[code].format(about=about)


def refuse_if_unsafe() -> None:
    found = checks.faults()
    for code, about in found:
        click.echo(f"✗ {words(code, about)}", err=True)
    if found:
        raise SystemExit(1)

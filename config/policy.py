"""Who may ask what of which address: the one declared table. An address that is not here stops the start.

`about` names the kind of object the path points at: its row-level rule is `access.visible`, and what is not visible
answers exactly like what does not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kalka.core.permissions import Permission as P


@dataclass(frozen=True, slots=True)
class Rule:
    methods: Mapping[str, P | None] = field(default_factory=dict)  # None: anybody, signed in or not
    about: str = ""

    @property
    def public(self) -> bool:
        return None in self.methods.values()


def staff(about: str = "", **methods: P) -> Rule:
    return Rule(methods, about)


def public(*methods: str, about: str = "") -> Rule:
    return Rule(dict.fromkeys(methods), about)


ACCOUNTS = {
    "accounts:sign_in": public("GET", "POST"),
    "accounts:code": public("GET", "POST"),
    "accounts:enrol": public("GET", "POST"),
    "accounts:language": public("POST"),
    "accounts:sign_out": staff(POST=P.OWN_ACCOUNT),
    "accounts:me": staff(GET=P.OWN_ACCOUNT),
    "accounts:end_session": staff(POST=P.OWN_ACCOUNT),
    "accounts:password": staff(GET=P.OWN_ACCOUNT, POST=P.OWN_ACCOUNT),
    "accounts:post": staff(POST=P.OWN_ACCOUNT),
}

POLICY: dict[str, Rule] = {
    **ACCOUNTS,
}

"""What the table says of one address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kalka.core.permissions import Permission as P
from kalka.core.scopes import TokenScope as S


@dataclass(frozen=True, slots=True)
class Rule:
    methods: Mapping[str, P | None] = field(default_factory=dict)  # None: anybody, signed in or not
    about: str = ""
    scopes: Mapping[str, S] = field(default_factory=dict)  # what a program's token must have been issued for
    secret: bool = False  # what is typed there is never shown again, also not when it could not be taken
    fresh: bool = False  # only for somebody who said within five minutes who they are; what was sent is given back

    def asks_again(self, method: str) -> bool:
        """What is done there; where nothing is done, what is taken there."""
        return self.fresh and (method == "POST" or "POST" not in self.methods)

    @property
    def public(self) -> bool:
        return None in self.methods.values()


def staff(about: str = "", **methods: P) -> Rule:
    return Rule(methods, about)


def sensitive(rule: Rule) -> Rule:
    """What may only be done right after saying once more who one is."""
    return replace(rule, fresh=True)


def program(about: str = "", **methods: tuple[P, S]) -> Rule:
    """For programs: the role's permission, and the scope of the token."""
    permitted = {method: permission for method, (permission, _scope) in methods.items()}
    return Rule(permitted, about, {method: scope for method, (_permission, scope) in methods.items()})


def public(*methods: str, about: str = "", secret: bool = False) -> Rule:
    return Rule(dict.fromkeys(methods), about, secret=secret)

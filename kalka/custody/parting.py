"""The root key in parts on paper (SLIP-39): any `need` of them give it back, fewer say nothing of it at all."""

import hmac
from dataclasses import dataclass, field
from typing import Any

from kalka.core import root
from kalka.core.errors import DomainError

LEAST, MOST = 2, 16
WORDS = 33  # of a part of 32 bytes


def part(key: bytes, *, need: int, of: int) -> list[str]:
    """The words of each holder. Refuses fewer than two that are needed, more than there are, and more than sixteen."""
    from shamir_mnemonic import generate_mnemonics

    if not LEAST <= need <= of <= MOST:
        raise DomainError("custody.parts", least=LEAST, most=MOST)
    return [str(words) for words in generate_mnemonics(1, [(need, of)], key)[0]]


def mark(key: bytes) -> str:
    """Six letters that stand on every sheet: the same for the same root key, and they give nothing of it away."""
    return hmac.digest(key, b"kalka|mark", "sha256")[:3].hex().upper()


@dataclass
class Gathering:
    """Parts as they are read out, one after the other."""

    words: list[str] = field(default_factory=list)
    _shares: list[Any] = field(default_factory=list, repr=False)

    @property
    def need(self) -> int | None:
        """Known from the first part on."""
        return int(self._shares[0].member_threshold) if self._shares else None

    @property
    def whole(self) -> bool:
        return self.need is not None and len(self._shares) >= self.need

    def take(self, said: str) -> None:
        """Refuses words with a slip in them, a part that was read out before, and one of another root key."""
        from shamir_mnemonic import MnemonicError, Share

        try:
            share = Share.from_mnemonic(" ".join(said.lower().split()))
        except (MnemonicError, ValueError):
            raise DomainError("custody.part_misread") from None
        first = self._shares[0] if self._shares else share
        if (share.identifier, share.member_threshold) != (first.identifier, first.member_threshold):
            raise DomainError("custody.part_of_another")
        if any(share.index == known.index for known in self._shares):
            raise DomainError("custody.part_twice")
        self._shares.append(share)
        self.words.append(share.mnemonic())

    def key(self) -> bytes:
        """Refuses parts that do not fit together."""
        from shamir_mnemonic import MnemonicError, combine_mnemonics

        try:
            key = bytes(combine_mnemonics(self.words))
        except MnemonicError:
            raise DomainError("custody.parts_do_not_fit") from None
        if len(key) != root.LENGTH:
            raise DomainError("custody.parts_do_not_fit")
        return key

"""A device that holds passkeys, in software: it signs as the standard says, or lies as a test tells it to."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from kalka.accounts.webauthn import b64, unb64

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    origin: str
    rp_id: str
    asks_its_holder: bool = True
    counts: bool = True
    count: int = 0
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: bytes = b""

    def make(self, options: str) -> str:
        told = json.loads(options)
        self.handle = unb64(told["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(cose)
        data = self._data(ATTESTED) + attested
        held = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": self._client("webauthn.create", told), "attestationObject": b64(held)})

    def use(self, options: str) -> str:
        told = json.loads(options)
        client, data = self._client("webauthn.get", told), self._data(0)
        signed = self.key.sign(data + hashlib.sha256(unb64(client)).digest(), ec.ECDSA(SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": b64(data), "signature": b64(signed)}
        return self._answer(parts | {"userHandle": b64(self.handle)})

    def _data(self, more: int) -> bytes:
        self.count += self.counts
        flags = PRESENT | (VERIFIED if self.asks_its_holder else 0) | more
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, told: dict[str, Any]) -> str:
        return b64(json.dumps({"type": kind, "challenge": told["challenge"], "origin": self.origin}).encode())

    def _answer(self, response: dict[str, str]) -> str:
        id = b64(self.credential)
        return json.dumps({"id": id, "rawId": id, "type": "public-key", "response": response})

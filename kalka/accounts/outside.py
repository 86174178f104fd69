"""An outside identity provider, by OpenID Connect: found by discovery, asked for a code with PKCE, its word checked
against its published keys. Nothing is asked of it while none is configured; the packages are loaded when asked.

What it says is who somebody is, and by how many factors. What they may do comes from their posts alone.
"""

import base64
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from kalka.accounts import attempts, guard
from kalka.accounts.rules import Purpose
from kalka.core import root
from kalka.core.clock import SKEW
from kalka.core.errors import DomainError

if TYPE_CHECKING:
    from joserfc.jwk import KeySetSerialization

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]  # never "none", never a shared secret
TIMEOUT = 5.0  # seconds
LARGEST = 200_000  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Begun:
    address: str  # where the browser goes
    cookie: str  # what it brings back


@dataclass(frozen=True, slots=True)
class Came:
    """Whom the provider means, as a keyed hash, and whether it asked for enough."""

    mac: bytes
    strong: bool
    wanted: str


def configured() -> bool:
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT and settings.OIDC_SECRET_FILE)


def refused() -> DomainError:
    return DomainError("accounts.outside_refused")


def name_mac(said: str) -> bytes:
    """Under which a person of the provider is known here: neither the number nor the name is kept."""
    return guard.mac("outside", str(settings.OIDC_ISSUER), said.strip())


def begin(*, back: str, wanted: str, now: datetime) -> Begun:
    """The way out. What must come back unchanged lies sealed here, under a key only the browser's cookie holds."""
    found = _discovered()
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    key, salt = secrets.token_bytes(32), secrets.token_bytes(12)
    detail = json.dumps({"state": state, "nonce": nonce, "verifier": verifier, "back": back, "wanted": wanted})
    attempts.begin(key, Purpose.OUTSIDE, detail=salt + AESGCM(_lock(key)).encrypt(salt, detail.encode(), None), now=now)
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    if settings.OIDC_FORM_POST:
        asked["response_mode"] = "form_post"
    if settings.OIDC_ACR:
        asked["acr_values"] = " ".join(settings.OIDC_ACR)
    joint = "&" if "?" in found["authorization_endpoint"] else "?"
    return Begun(found["authorization_endpoint"] + joint + urlencode(asked), base64.urlsafe_b64encode(key).decode())


def finish(cookie: str, *, code: str, state: str, issuer: str, now: datetime) -> Came:
    """The way back, once. Refuses, in one word, whatever was not begun in this browser or does not hold."""
    begun = _begun(cookie, now)
    if not code or not hmac.compare_digest(state.encode(), begun["state"].encode()):
        raise refused()
    if issuer and issuer != settings.OIDC_ISSUER:  # RFC 9207: another provider's answer
        raise refused()
    found = _discovered()
    token = _exchanged(found["token_endpoint"], code, begun)
    claims = _checked(token, _fetched(found["jwks_uri"]), begun["nonce"], now)
    said = claims.get(settings.OIDC_CLAIM)
    if not isinstance(said, str | int) or not str(said).strip():
        raise refused()
    return Came(name_mac(str(said)), claims.get("acr") in settings.OIDC_ACR, begun["wanted"])


def _begun(cookie: str, now: datetime) -> dict[str, str]:
    try:
        key = base64.b64decode(cookie, altchars=b"-_", validate=True)
        detail = attempts.finish(key, Purpose.OUTSIDE, now=now)
        if detail is None:
            raise refused()
        opened: dict[str, str] = json.loads(AESGCM(_lock(key)).decrypt(detail[:12], detail[12:], None))
    except (ValueError, InvalidTag) as error:
        raise refused() from error
    return opened


def _lock(key: bytes) -> bytes:
    return hmac.digest(root.derive("outside-way"), key, "sha256")


def _discovered() -> dict[str, Any]:
    """What the provider says of itself; only if it is the one that was configured."""
    if not configured():
        raise refused()
    issuer = str(settings.OIDC_ISSUER)
    found = _fetched(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise refused()
    plain = issuer.startswith("http://")  # a provider on the same machine, in tests and for trying out
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        address = found.get(name)
        if not isinstance(address, str) or not (address.startswith("https://") or plain):
            raise refused()
    return found


def _exchanged(address: str, code: str, begun: dict[str, str]) -> str:
    told = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": begun["back"],
        "code_verifier": begun["verifier"],
    }
    token = _fetched(address, told).get("id_token")
    if not isinstance(token, str):
        raise refused()
    return token


def _fetched(address: str, told: dict[str, str] | None = None) -> dict[str, Any]:
    """A small JSON object. No redirect is followed: the provider is who answers at its own address."""
    import httpx

    try:
        with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
            if told is None:
                answer = client.get(address)
            else:
                secret = Path(str(settings.OIDC_SECRET_FILE)).read_text("utf-8").strip()
                answer = client.post(address, data=told, auth=(settings.OIDC_CLIENT, secret))
        found = answer.json() if answer.status_code == 200 and len(answer.content) <= LARGEST else None
    except (httpx.HTTPError, ValueError, OSError) as error:
        raise DomainError("accounts.outside_away") from error
    if not isinstance(found, dict):
        raise refused()
    return found


def _checked(token: str, keys: dict[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
    """Signed by the provider, for us, for this sign-in, and now."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        held = jwt.decode(token, KeySet.import_key_set(cast("KeySetSerialization", keys)), algorithms=ALGORITHMS)
        claims = dict(held.claims)
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        ends, made = float(claims["exp"]), float(claims["iat"])
        holds = (
            claims["iss"] == settings.OIDC_ISSUER
            and settings.OIDC_CLIENT in audience
            and (len(audience) == 1 or claims.get("azp") == settings.OIDC_CLIENT)
            and claims.get("azp", settings.OIDC_CLIENT) == settings.OIDC_CLIENT
            and hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode())
            and now.timestamp() < ends + SKEW.total_seconds()
            and made <= now.timestamp() + SKEW.total_seconds()
        )
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise refused() from error
    if not holds:
        raise refused()
    return claims

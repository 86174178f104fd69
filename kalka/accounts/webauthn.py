"""Passkeys as the standard words them: what a device is asked, and whether its answer holds. The package that knows the
standard is loaded by the first who asks."""

import base64
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kalka.accounts.models import Passkey, User
from kalka.accounts.own import own_keys
from kalka.core.errors import DomainError

LARGEST = 20_000  # characters of an answer; a device sends some two thousand
TIMEOUT = 120_000


@dataclass(frozen=True, slots=True)
class Site:
    """Whose passkeys they are: the address people sign in at."""

    origin: str

    @property
    def id(self) -> str:
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True, slots=True)
class Made:
    credential: bytes
    public_key: bytes
    signed: int


def refused() -> DomainError:
    """One answer for whatever is wrong with one."""
    return DomainError("accounts.passkey_refused")


def to_make(user: User, known: list[bytes], site: Site) -> tuple[bytes, str]:
    """The challenge, and what the browser hands on to the device: a key that the device itself guards."""
    import webauthn
    from webauthn.helpers import structs

    challenge = secrets.token_bytes(32)
    options = webauthn.generate_registration_options(
        rp_id=site.id,
        rp_name="Kalka",
        user_name=user.login,
        user_id=user.subject_id.bytes,
        challenge=challenge,
        timeout=TIMEOUT,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.PREFERRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return challenge, webauthn.options_to_json(options)


def to_use(known: list[bytes], site: Site) -> tuple[bytes, str]:
    """As `to_make`, for one of the keys that are known, or for whichever the device holds."""
    import webauthn
    from webauthn.helpers import structs

    challenge = secrets.token_bytes(32)
    options = webauthn.generate_authentication_options(
        rp_id=site.id,
        challenge=challenge,
        timeout=TIMEOUT,
        allow_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in known],
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return challenge, webauthn.options_to_json(options)


def made(answer: str, challenge: bytes, site: Site) -> Made:
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        held = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=site.id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise refused() from error
    return Made(held.credential_id, held.credential_public_key, held.sign_count)


def used(answer: str, challenge: bytes, passkey: Passkey, site: Site) -> int:
    """How often the device says the key was used. Refuses another place, another challenge, a device that did not ask
    who holds it, and a count that does not go on."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    kept = own_keys(passkey.subject_id).get(passkey, "kept")
    try:
        held = webauthn.verify_authentication_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=site.id,
            expected_origin=site.origin,
            credential_public_key=unb64(kept["key"]),
            credential_current_sign_count=passkey.signed,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise refused() from error
    return held.new_sign_count


def challenge_of(answer: str) -> bytes:
    """What the answer says it was asked; whether that is so is looked up next."""
    try:
        return unb64(json.loads(unb64(_read(answer)["response"]["clientDataJSON"]))["challenge"])
    except (ValueError, KeyError, TypeError) as error:
        raise refused() from error


def credential_of(answer: str) -> tuple[bytes, bytes]:
    """Which key answered, and whose the device says it is."""
    told = _read(answer)
    try:
        return unb64(told["rawId"]), unb64(told["response"].get("userHandle") or "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refused() from error


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LARGEST:
        raise refused()
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise refused() from error
    if not isinstance(told, dict):
        raise refused()
    return told

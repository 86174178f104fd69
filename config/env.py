"""What the installation is told by its environment. A value that is missing or unsafe stops the start, and is named."""

import re
from dataclasses import dataclass
from pathlib import Path

from environs import Env


@dataclass(frozen=True, slots=True)
class Smpp:
    """The gateway of an operator, for SMS."""

    host: str
    port: int
    tls: bool
    name: str
    password_file: Path
    sender: str


@dataclass(frozen=True, slots=True)
class Telegram:
    address: str
    token_file: Path


@dataclass(frozen=True, slots=True)
class Mail:
    """TLS from the first byte where `tls`, else after STARTTLS; never without."""

    host: str
    port: int
    tls: bool
    name: str
    password_file: Path | None
    sender: str


@dataclass(frozen=True, slots=True)
class Register:
    """The program that asks the police register of orders, and the post of the police it writes as."""

    program: str
    post: int


@dataclass(frozen=True, slots=True)
class Environment:
    data: Path
    database_url: str
    secret_key: str
    root_key_file: Path
    hosts: tuple[str, ...]
    https: bool
    trusted_proxies: int
    demo: bool
    language: str
    origin: str
    passkey_alone: bool
    oidc_issuer: str
    oidc_client: str
    oidc_secret_file: Path | None
    oidc_claim: str
    oidc_acr: tuple[str, ...]
    oidc_form_post: bool
    backup_to: Path | None
    backup_recipients: tuple[str, ...]
    backup_days: int
    record_name: str
    audit_recipients: tuple[str, ...]
    smpp: Smpp | None
    telegram: Telegram | None
    mail: Mail | None
    order_register: Register | None
    monitoring_centre: str
    console: bool


def read(*, data_default: Path) -> Environment:
    """Read and type the environment. Raises environs.EnvError naming the value that cannot be used."""
    env = Env()
    with env.prefixed("KALKA_"):
        data = Path(env.str("DATA", str(data_default))).expanduser().resolve()
        return Environment(
            data=data,
            database_url=Env().str("DATABASE_URL", ""),
            secret_key=env.str("SECRET_KEY", ""),
            root_key_file=Path(env.str("ROOT_KEY_FILE", str(data / "root.key"))),
            hosts=tuple(env.list("HOSTS", ["localhost", "127.0.0.1"])),
            https=env.bool("HTTPS", True),
            trusted_proxies=env.int("TRUSTED_PROXIES", 0),
            demo=env.bool("DEMO", False),
            language=env.str("LANG", "ky", validate=_one_of_three),
            origin=env.str("ORIGIN", "", validate=_an_origin),
            passkey_alone=env.bool("PASSKEY_ALONE", True),
            oidc_issuer=env.str("OIDC_ISSUER", ""),
            oidc_client=env.str("OIDC_CLIENT", ""),
            oidc_secret_file=_folder(env.str("OIDC_SECRET_FILE", "")),
            oidc_claim=env.str("OIDC_CLAIM", "sub"),
            oidc_acr=tuple(filter(None, env.list("OIDC_ACR", []))),
            oidc_form_post=env.bool("OIDC_FORM_POST", False),
            backup_to=_folder(env.str("BACKUP_TO", "")),
            backup_recipients=tuple(filter(None, env.list("BACKUP_RECIPIENTS", []))),
            backup_days=env.int("BACKUP_DAYS", 400, validate=_at_least_one),
            record_name=env.str("RECORD_NAME", env.list("HOSTS", ["localhost"])[0], validate=_a_name),
            audit_recipients=tuple(filter(None, env.list("AUDIT_RECIPIENTS", []))),
            smpp=_smpp(env),
            telegram=_telegram(env),
            mail=_mail(env),
            order_register=_register(env),
            monitoring_centre=env.str("MONITORING_CENTRE", "", validate=_a_program),
            console=env.bool("CONSOLE", False),
        )


def _smpp(env: Env) -> Smpp | None:
    """None where no gateway was named: then no SMS leaves."""
    host = env.str("SMPP_HOST", "")
    if not host:
        return None
    return Smpp(
        host=host,
        port=env.int("SMPP_PORT", 2775),
        tls=env.bool("SMPP_TLS", True),
        name=env.str("SMPP_NAME"),
        password_file=Path(env.str("SMPP_PASSWORD_FILE")).expanduser().resolve(),
        sender=env.str("SMPP_SENDER"),
    )


def _telegram(env: Env) -> Telegram | None:
    token = _folder(env.str("TELEGRAM_TOKEN_FILE", ""))
    return Telegram(env.str("TELEGRAM_ADDRESS", "https://api.telegram.org"), token) if token else None


def _mail(env: Env) -> Mail | None:
    host = env.str("MAIL_HOST", "")
    if not host:
        return None
    return Mail(
        host=host,
        port=env.int("MAIL_PORT", 587),
        tls=env.bool("MAIL_TLS", False),
        name=env.str("MAIL_NAME", ""),
        password_file=_folder(env.str("MAIL_PASSWORD_FILE", "")),
        sender=env.str("MAIL_SENDER"),
    )


def _register(env: Env) -> Register | None:
    program = env.str("ORDER_REGISTER", "", validate=_a_program)
    return Register(program, env.int("ORDER_REGISTER_POST")) if program else None


def _a_program(name: str) -> bool:
    """The dotted name of something that is called without arguments: of what is installed beside this system."""
    return not name or bool(re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", name))


def _folder(path: str) -> Path | None:
    return Path(path).expanduser().resolve() if path else None


def _an_origin(address: str) -> bool:
    """As a browser says it: no path, no slash at the end."""
    return not address or bool(re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?", address))


def _at_least_one(days: int) -> bool:
    return days >= 1


def _a_name(name: str) -> bool:
    """It stands in signed notes, which keep white space and the plus sign for themselves."""
    return bool(name) and not any(sign.isspace() or sign == "+" for sign in name)


def _one_of_three(code: str) -> bool:
    return code in {"ky", "ru", "en"}

"""What the installation is told by its environment. A value that is missing or unsafe stops the start, and is named."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env


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
    backup_to: Path | None
    backup_recipients: tuple[str, ...]
    backup_days: int
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
            backup_to=_folder(env.str("BACKUP_TO", "")),
            backup_recipients=tuple(filter(None, env.list("BACKUP_RECIPIENTS", []))),
            backup_days=env.int("BACKUP_DAYS", 400, validate=_at_least_one),
            console=env.bool("CONSOLE", False),
        )


def _folder(path: str) -> Path | None:
    return Path(path).expanduser().resolve() if path else None


def _at_least_one(days: int) -> bool:
    return days >= 1


def _one_of_three(code: str) -> bool:
    return code in {"ky", "ru", "en"}

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
        )


def _one_of_three(code: str) -> bool:
    return code in {"ky", "ru", "en"}

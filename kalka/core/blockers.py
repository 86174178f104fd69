"""Why a case may not be closed yet: each module names its own open work."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Blocker:
    code: str
    facts: dict[str, object] = field(default_factory=dict)

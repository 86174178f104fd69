from enum import StrEnum


class Klass(StrEnum):
    """Compartments of a subject's data. Each has its own data key, so that one can be opened without the others."""

    IDENTITY = "identity"
    NARRATIVE = "narrative"
    CONTACT = "contact"
    REPORTER = "reporter"  # who told; opened only by a reasoned act
    NOTE = "note"  # professional circles
    EVIDENCE = "evidence"  # attachments
    OWN = "own"  # a user's own: drafts, second factor

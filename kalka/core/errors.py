"""Every refusal the domain can give. A refusal has a code; its words are chosen at the edge, in three languages."""


class DomainError(Exception):
    """The request is well formed and the answer is no.

    `facts` fill the words; the fact "field" names the form field the words belong to. Facts are codes, numbers and
    dates, never what a person said.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
        self.recorded = False  # by the command it ended; what no command recorded is recorded at the edge


class Stale(DomainError):
    """Somebody else was faster: what the page was about is not what it was when it was shown. At the edge 409, with all
    that was written; nothing is written over."""


class AccessDenied(DomainError):
    """The actor may not do this, or may not know that it exists. At the edge both are the same 404."""

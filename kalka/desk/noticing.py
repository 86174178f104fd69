"""What a post is told, as its page of today shows it: the same words about the same case once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kalka.core.refs import show_ref
from kalka.duties.lines import Today
from kalka.notices.selectors import PostNotice


@dataclass(frozen=True, slots=True)
class Told:
    """`case_ref` is empty where no duty of the page is about the same file: a notice by itself names none."""

    words: str
    at: datetime  # of the newest
    times: int
    case_ref: str

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref) if self.case_ref else ""


def told(notices: Iterable[PostNotice], today: Today, *, opens: bool = True) -> list[Told]:
    """In the order of the newest of each. `opens`: whether the post can open the page of a case at all."""
    refs = {line.subject_id: line.case_ref for line in today.lines if opens and line.case_ref}
    found: dict[tuple[str, str], list[datetime]] = {}
    for notice in notices:
        found.setdefault((notice.words, refs.get(notice.subject_id, "")), []).append(notice.at)
    return [Told(words, max(at), len(at), ref) for (words, ref), at in found.items()]

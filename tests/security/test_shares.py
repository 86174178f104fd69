"""What an organisation meets of a file that is shared with it, by every address there is: the extent of the share."""

import pytest

from config.policy import POLICY
from kalka.access import services as access
from kalka.access.models import Grant
from kalka.cases import grounds, services
from kalka.cases.models import Case, Participant
from kalka.cases.rules import NewConsent, Part
from kalka.core import clock
from kalka.core.actors import SYSTEM
from kalka.core.refs import new_id
from tests.matrix.world import step
from tests.security.installed import ADDRESSES, Installed
from tests.security.markers import found

pytestmark = pytest.mark.both
READER = "kriziz"  # works where nobody works on the case


class Shares(Installed):
    def test_requirement_24_a_share_of_duties_shows_no_word_of_the_file_by_any_address(self) -> None:
        self.shared("duties")
        met = self.met()
        assert {name for name, _words in met} >= {"desk:today", "cases:list"}, "the pages open"
        assert [name for name, words in met if words] == []

    def test_requirement_24_a_share_of_the_file_shows_it_until_it_is_taken_back(self) -> None:
        given = self.shared("file")
        assert {"desk:case", "cases:note"} & {name for name, words in self.met() if words} == {"desk:case"}
        case = Case.objects.get(ref=self.parts["ref"])
        sotsial = self.walk.members["sotsial"].actor
        services.withdraw_consent(sotsial, id=new_id(), case_ref=case.ref, consent_id=given, now=clock.now())
        assert [name for name, words in self.met() if words] == []

    def test_requirement_24_whoever_sees_it_unasked_does_so_on_a_listed_ground(self) -> None:
        case = Case.objects.get(ref=self.parts["ref"])
        whys = Grant.objects.filter(subject_id=case.subject_id, holder__regex="^(post|org):").values_list(
            "why", flat=True
        )
        kinds = {why.partition(":")[0] for why in whys} - {"consent", "team"}
        assert kinds <= set(grounds.listed())
        page = self.walk.be("sotsial").get(f"/cases/{case.ref}/openings/")
        assert "Сизден макулдук суралган жок" in page and "Сиз макул болдуңуз" in page

    def shared(self, scope: str):
        """Whatever the reader saw before has ended; then the person agrees to this."""
        case, now = Case.objects.get(ref=self.parts["ref"]), clock.now()
        reader = self.walk.members[READER].actor
        subjects = [case.subject_id, *([case.report.subject_id] if case.report else [])]
        for subject in subjects:
            for holder in reader.holders:
                step(SYSTEM, do=lambda s=subject, h=holder: access.end_grant(s, h, now=now))
        person = Participant.objects.get(case=case, part=Part.PROTECTED).person_id
        until = clock.day_of(now) + clock.DAY
        told = NewConsent(reader.organisation_id or 0, "psychological", person, until, scope)
        sotsial = self.walk.members["sotsial"].actor
        return services.give_consent(sotsial, id=new_id(), case_ref=case.ref, told=told, now=now).pk

    def met(self) -> list[tuple[str, set[str]]]:
        """Every address as the reader asks it, with the canaries in its answer."""
        told = []
        client = self.walk.be(READER).client
        for name, _parts in ADDRESSES:
            rule = POLICY[name]
            if name.startswith(("api:", "accounts:")) or not {"GET", "POST"} & rule.methods.keys():
                continue
            ask = client.get if "GET" in rule.methods else client.post
            answer = ask(self.path(name))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if answer.status_code == 200:
                told.append((name, set(found(body))))
        return told

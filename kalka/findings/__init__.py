"""What a clinic and a school write down: their own part, and nothing else of the family.

A *finding* is a subject of its own. Whoever wrote it sees it and that it was acknowledged; the file of the case stays
shut to them. It goes to the post that answers for the place, with a duty, so that none is lost; whoever works on the
case it names finds it there, and reads it once they have acknowledged it.

A clinic documents injuries on a body chart, with sealed photos, and the hours since the assault: for how many hours a
prevention can begin is the law's or a protocol's to say (`care.*_within_hours`, unset where no fact gives it).
A school report is about a child: closed to a parent named as perpetrator, not withdrawable by one, handed over to 111,
with the number of the child-protection plan once there is one (kept from the school).
"""

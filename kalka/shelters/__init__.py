"""Shelters: where somebody is safe tonight, and nobody else learns where that is.

A *place* is a bed in a room, with whom it suits. A *hold* keeps one for some minutes while somebody is on the way; a
*stay* begins when they arrive. Hold, stay and whatever is out of use are *takings* of a place, and the database lets a
place have one that runs: of two who take the last bed at once one wins and the other is told.

A stay is a subject of its own: the shelter sees the stay and not the file of the family, the file knows that there is a
stay and not where. Who was turned away is written down without any identity: the unmet need is a figure.

Where a shelter is lies in the strongroom alone. Other posts see free places by region: never a name, never an address,
and a region by itself only where there are at least three shelters in it.

The placement is free (Law No. 63, since 2018). How long somebody may stay was not found in the law
(`shelter.stay_max_days` is unset): until it is, a stay has an agreed day and no limit.
"""

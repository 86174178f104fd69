"""The single window: what somebody needs is asked once, and each service is asked for in turn, as she agreed.

A *need* is one kind of help; a *choice* is what she says to it, kept word for word and never overruled. A *referral*
asks one organisation for one need; it rests on a consent for that organisation, and whoever is asked sees what was
handed over and nothing else. Its *steps* are dated records; where it stands is read off the last of them. Without a
consent that still runs it is withdrawn, whatever its last step says. A *track* is the way through care after sexual
violence or trafficking; a *conference* brings those who help to one table.
"""

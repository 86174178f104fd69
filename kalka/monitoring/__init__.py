"""Bans and limits a court imposes, watched by a device or an app, for at most three months (Law No. 214).

Who may decide is a parameter: for a court's bans the press names the court, for a police order it is not established.
A *signal* comes from whoever watches the device, by file, by adapter or by telephone; a *clock* runs until somebody
answers it. A signal says what happened, never where: there is no column for a place. Nothing here finds anybody guilty:
an inspector says what was found.
"""

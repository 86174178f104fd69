"""The second process of an installation: background work, what comes back every so often, and sealing the record."""

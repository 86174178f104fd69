"""Who may sign in: password and second factor, lock-out, own sessions, and what a person has half written.

A session row holds a hash of the token, never the token, an address or a browser's name.
"""

"""The most dangerous values (where a shelter is, a new identity, a safe place), sealed to named posts.

A value is sealed under a key drawn for it alone; that key lies in one box for each named post, and the whole again
under the key of its subject, so that it is destroyed with the file. A post's private key lies in one box for each of
its holders; a holder's private key lies under words that only he knows (Argon2id) and in his own compartment.
Whoever has the server, its root key and its database, but nobody's words, opens nothing here; whoever runs a spoilt
server while a holder types the words in does.

Whoever writes a value down need not be able to read it. A module that keeps such values calls `keeping.keep` inside its
command, with the keys of the subject, and shows one by `selectors.open_value`.
"""

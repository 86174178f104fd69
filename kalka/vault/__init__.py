"""Envelope encryption: root key → key-encryption key → one data key per subject and class → AES-256-GCM.

A sealed value never shows itself. Data keys are unwrapped only with a Passage, which `access` makes (and `accounts`,
for a user's own compartment). Design and measurements: THREAT_MODEL.md.
"""

"""Sealed attachments: a file somebody brought, kept as it came, opened only through its subject's evidence key.

The content lies in database rows of one length, not in a folder. A file and its row are then written, rolled back,
backed up and restored together; nothing on the disk has a name, a time or a length of its own; and there is never an
orphan on either side. The price, a larger database, is bounded by the limit of one upload.

Words: an *attachment* is the file; a *frame* is 64 KiB of it, sealed. Content is never on the disk in clear: uploads
stay in memory (`uploads`), and what leaves is made anew without metadata (`cleaning`, in a process of its own) and goes
as a download in a sandbox (`serving`). What was kept is what came, with its SHA-256: it may be evidence.

This module stands below `access`: whoever calls it brings the `Keys` that access gave for a subject it found visible.
"""

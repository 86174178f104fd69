"""What programs of other organisations may ask and send: codes, days and references, through the same services and
selectors as the pages, and so under the same rules and in the same record.

A program shows a token and acts in one post. Nothing here decrypts; a report goes in whole and is never handed out.
"""

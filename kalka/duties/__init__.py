"""Who must do what by when, and on what article. Assigned by the steps of a case, by its level and by time.

A duty belongs to a post, not to a person, and names its case by code alone: its holder sees it without the file. It is
never changed, only ended: done, waived with a reason, handed over, moved up when late or when the post is vacant.
What a victim withdraws, or a family reconciles over, ends no duty. A term the law leaves unset is shown as unset.
"""

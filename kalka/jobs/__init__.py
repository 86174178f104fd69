"""Work that takes longer than a page: with progress, cancelling, and going on where it stopped.

A job is kept here as codes and ids alone. What its function raises is stored as a code and a place in the source,
never as words: an exception's text repeats what somebody typed. The queue below it is django-tasks with its database
backend, which is given one argument, the job's id.
"""

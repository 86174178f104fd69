"""One person who is said to have done it, across cases, orders, proceedings and programmes. Reads; writes nothing.

He is matched by keyed digests, never by a name somebody typed. What is in a case that is not shown comes as codes and
days, without its reference, its place or anybody in it; a case the reader is shut out of does not exist. Each look is
written down in every file it touched.
"""

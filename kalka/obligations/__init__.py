"""What the law asks of whom, and how far it is done: the law of any day, each subject's obligations with their terms,
who tells whom, and how many of the duties that carry them out stand, are late or were done.

Reads alone: the law from the law book, the figures from the duties. A *subject* is a body the law names; an
*obligation* is what it owes; a *duty* is one piece of work of one post that comes of it. No case and no name is shown.
"""

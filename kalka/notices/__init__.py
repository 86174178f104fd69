"""Messages. A step says whom to tell and of what kind; the words are approved texts that tell nothing, and the way to a
person is found at the moment of delivery.

What leaves the installation carries no name, no reference and no word of what Kalka is about. A number never enters
this module from outside: it is asked of `people`, used and forgotten.
"""

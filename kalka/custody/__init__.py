"""What is done with keys by people: a file is destroyed by destroying its keys, by two persons and on a ground of law;
the root key is parted among holders on paper.
"""

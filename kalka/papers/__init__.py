"""Paper: values in, the bytes of a PDF out.

A pack is data: what it needs, its words in Kyrgyz and Russian, and whether it is an official form. What is not official
carries a watermark on every page and says whose form it stands in for. Nothing is written to a disk on the way.
"""

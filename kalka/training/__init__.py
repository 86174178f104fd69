"""Programmes of training and their courses: who took part, what they knew before and after, and the certificate.

A certificate is checked by its code alone: the page that answers shows no name.
"""

"""Temporary protection orders, as they were issued elsewhere. Kalka registers an order; it never issues one.

An order whose number is not known yet is *pending* and carries the duty to complete it. How long it runs is the law
of its own day (Law No. 63, art. 27; Law No. 161); whatever happens to it later is a dated record beside it, and its
state is read off these records. Orders may overlap in reality: they are kept, linked, and somebody has to explain them.
"""

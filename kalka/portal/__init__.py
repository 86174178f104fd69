"""The public door: numbers to call, what happens then, how to leave at once. No account, no cookie, no trace.

Law 63 lets anybody report; this page only says to whom and how.
"""

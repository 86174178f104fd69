"""Kalka: the shared case system for protection from domestic violence. The packages are ordered as a case travels."""

"""What all tests share: how hard hypothesis tries. The database is chosen in config/settings/test.py."""

import os

from hypothesis import HealthCheck, settings

# Where there is one answer for everybody: the same examples on every machine, and no clock in the verdict.
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=60)
settings.register_profile(
    "deep", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

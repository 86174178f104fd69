"""Behind a proxy that ends HTTPS an address is answered; what came in clear is sent to HTTPS."""

import os
from pathlib import Path

import pytest

from tests import ready

ROOT = Path(__file__).resolve().parents[2]
ASKED = """
import django; django.setup()
from django.test import Client
print(Client().get("/api/v1/openapi.json", headers={"host": "kalka.example", "x-forwarded-proto": "%s"}).status_code)
"""


@pytest.mark.parametrize(("proxies", "said", "status"), [("1", "https", 200), ("1", "http", 301), ("0", "https", 301)])
def test_https_is_what_a_declared_proxy_says(tmp_path, proxies, said, status):
    known = {name: value for name, value in os.environ.items() if not name.startswith(("KALKA_", "DATABASE_"))}
    given = {
        "KALKA_DATA": str(tmp_path),
        "KALKA_SECRET_KEY": "k9-" * 20,
        "KALKA_HOSTS": "kalka.example",
        "KALKA_TRUSTED_PROXIES": proxies,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": str(ROOT),
    }
    done = ready.run("-c", ASKED % said, env=known | given)
    assert done.stdout.strip() == str(status), done.stderr

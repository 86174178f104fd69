"""The page with the numbers to call: there also while the database is not."""

from django.test import Client

CALLS = ("tel:102", "tel:5200", "tel:103", "tel:111")


def test_in_each_language_without_a_database(settings):
    """No database is allowed here; a session that cannot be looked up changes nothing."""
    visitor = Client()
    visitor.cookies[settings.SESSION_COOKIE] = "s" * 43
    for path in ("/info/", "/info/ru/", "/info/en/"):
        answer = visitor.get(path)
        text = answer.content.decode()
        assert (answer.status_code, [call for call in CALLS if call in text]) == (200, list(CALLS))

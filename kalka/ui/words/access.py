from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "access.role_missing": _(
        "The database lacks the role {role}, and this login may not make it. As its administrator run: "
        "CREATE ROLE {role}; GRANT {role} TO the login that owns the database. Then run “kalka prepare” again."
    ),
}

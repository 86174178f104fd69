from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "files.empty": _("This file is empty. Choose another one."),
    "files.too_large": _(
        "Together the files are larger than {limit} MB. The text is kept. "
        "Choose a smaller file or send them one by one."
    ),
    "files.not_shown": _(
        "It is broken, locked by a password, or larger than it says. It is kept as it came, and sealed."
    ),
    "files.kind_refused": _(
        "This kind of file is not taken. Photos (JPEG, PNG), PDF, Word and Excel without macros, and plain text"
        " (UTF-8) are."
    ),
}

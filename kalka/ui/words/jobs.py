from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {}

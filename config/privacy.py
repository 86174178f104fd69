"""The privacy classes, and the register of tables that installed packages bring along.

A model of ours says its classes itself, in `privacy`. Whoever adds an app with tables adds it here, with the reason
why each column may be what it is; tests/architecture/test_privacy.py compares.
"""

from collections.abc import Mapping

CLASSES: Mapping[str, str] = {
    "code": "a word from a fixed list, or public reference data; counted and indexed in the clear",
    "key": "an id that says nothing by itself",
    "time": "when a member of staff or the machine did something",
    "day": "a date of a person's file, to the day",
    "sealed": "personal data: ciphertext under the key of its subject",
    "secret": "a key, a token or a password, wrapped or hashed",
    "internal": "bookkeeping of the machine that says nothing of a person",
}

_TASK = {
    "id": ("key", "drawn at random"),
    "status": ("code", "a fixed list"),
    "enqueued_at": ("time", "of the machine"),
    "started_at": ("time", "of the machine"),
    "finished_at": ("time", "of the machine"),
    "args_kwargs": ("key", "our tasks are given ids alone"),
    "priority": ("internal", "a plain number"),
    "task_path": ("code", "the name of a function"),
    "worker_ids": ("internal", "names of processes"),
    "queue_name": ("code", "a fixed list"),
    "backend_name": ("code", "a fixed list"),
    "run_after": ("time", "of the machine"),
    "return_value": ("code", "our tasks return a code or nothing"),
    "exception_class_path": ("code", "the name of a class"),
    "traceback": ("internal", "our tasks end in a code before it can be written"),
}
THIRD_PARTY: Mapping[str, Mapping[str, tuple[str, str]]] = {"django_tasks_database.DBTaskResult": _TASK}

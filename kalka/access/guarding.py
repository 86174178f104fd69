"""Row-level security on PostgreSQL: the safety net under the predicates of the selectors (ADR 27).

Put up again after each migration, so that no table can be forgotten: whatever has a subject is guarded.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ProgrammingError

from kalka.access.rules import Scope
from kalka.core.errors import DomainError

_SQL = Path(__file__).parent / "sql"
ANY = tuple(Scope)
WHOLE = "(SELECT current_setting('kalka.whole', TRUE) = 'on')"
USER = "(SELECT nullif(current_setting('kalka.actor', TRUE), '')::bigint)"
POST = "(SELECT nullif(current_setting('kalka.post', TRUE), '')::bigint)"
OWN = "(SELECT nullif(current_setting('kalka.own', TRUE), '')::uuid)"
SOMEBODY = f"({USER} IS NOT NULL)"
# The same and `whole` in one: each question that stands by itself costs a part of every plan it comes into.
WHOLE_OR_SOMEBODY = """(SELECT coalesce(current_setting('kalka.whole', TRUE), '') = 'on'
  OR nullif(current_setting('kalka.actor', TRUE), '') IS NOT NULL)"""

# Who holds a narrower grant than the file reads these: what a case is called and how far it is, its risk, its orders.
NARROWER = {
    "cases_case": ANY,
    "cases_stagechange": ANY,
    "cases_member": ANY,
    "cases_memberleft": ANY,
    "cases_walllift": ANY,
    "cases_wallliftdecision": ANY,
    # Who must go to a programme and was never sent: by code and day, for whoever oversees as well.
    "programmes_owed": ANY,
    "programmes_sending": ANY,
    "families_seat": ANY,  # whoever is asked to work with a family says yes before anything else of it is shown
    "risk_assessment": ANY,
    "risk_countersign": ANY,
    "risk_trigger": ANY,
    # What is needed, who was asked and how it stands: the organisation that is asked, whoever sits at the table and
    # whoever looks at the board. The minutes, the intake and the ways through care stay with the file.
    "referrals_need": ANY,
    "referrals_choice": ANY,
    "referrals_referral": ANY,
    "referrals_referralstep": ANY,
    "referrals_conference": ANY,
    "referrals_seat": ANY,
    "referrals_decision": ANY,
    "referrals_carried": ANY,
    # Whoever holds somebody says when he is free, and learns nothing else of the file.
    "proceedings_custody": ANY,
    "proceedings_releaseplan": ANY,
    "proceedings_release": ANY,
}
OF_ORDERS = (Scope.FILE, Scope.ORDERS)
# How far proceedings are and why they ended: the prosecutor oversees it, as orders.
OVERSEEN = ("orders_", "complaints_", "proceedings_proceeding")
# Tables that are not guarded: the record, which nobody of the application can change, is read by its auditor.
OPEN = {"core_auditentry"}
# Which subject a row belongs to that has none of its own.
CHILDREN = {
    "files_frame": "files_attachment p WHERE p.id = files_frame.attachment_id",
    "people_householdmember": "people_household p WHERE p.id = people_householdmember.household_id",
}


def put_up(connection: BaseDatabaseWrapper) -> int:
    """The role, what it may do, and the policies that are not in force yet. Returns how many tables were changed.

    Refuses with `access.role_missing` where the owner may not make the role.
    """
    if connection.vendor != "postgresql":
        return 0
    _role(connection)
    changed = 0
    with connection.cursor() as cursor:
        for statement in _statements("asking.sql"):
            cursor.execute(statement)
        cursor.execute(
            "SELECT c.relname, obj_description(p.oid, 'pg_policy')"
            " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
            " WHERE p.polname = 'kalka_read' AND c.relrowsecurity AND c.relforcerowsecurity"
        )
        there = dict(cursor.fetchall())
        for table, statements in policies():
            digest = sha256("\n".join(statements).encode()).hexdigest()
            if there.get(table) == digest:
                continue
            with transaction.atomic(using=connection.alias):  # a table is never without, while people work
                for statement in statements:
                    cursor.execute(statement)
                cursor.execute(f"COMMENT ON POLICY kalka_read ON {table} IS '{digest}'")
            changed += 1
    return changed


def guarded() -> list[str]:
    """The tables whose rows are shown by sight alone."""
    return [table for table, _statements in policies()]


def policies() -> Iterator[tuple[str, list[str]]]:
    for model in apps.get_models():
        table = model._meta.db_table
        if table not in OPEN and (table in CHILDREN or table in OWN_RULES or _has_subject(model)):
            seen, made = _rules(table)
            yield table, _statements("sight.sql", table=table, seen=_or_whole(seen), made=_or_whole(made))


def _or_whole(rule: str) -> str:
    return WHOLE_OR_SOMEBODY if rule == SOMEBODY else f"{WHOLE} OR ({rule})"


def _has_subject(model: type[models.Model]) -> bool:
    return any(field.column == "subject_id" for field in model._meta.concrete_fields)


def _rules(table: str) -> tuple[str, str]:
    """What is seen of a table, and what may be added to it."""
    if table in OWN_RULES:
        return OWN_RULES[table]
    if table in CHILDREN:
        # Of a file that is being made, its first row is not seen yet; each row hangs on one that could be written.
        return f"EXISTS (SELECT 1 FROM {CHILDREN[table]})", SOMEBODY
    scopes = NARROWER.get(table, OF_ORDERS if table.startswith(OVERSEEN) else (Scope.FILE,))
    seen = f"{_granted(table, scopes)} AND {_unwalled(table)}"
    return seen, f"({seen}) OR {_new(table)}"


def _granted(table: str, scopes: tuple[Scope, ...]) -> str:
    return f"kalka_granted({table}.subject_id, '{{{','.join(scopes)}}}')"


def _unwalled(table: str) -> str:
    return f"kalka_unwalled({table}.subject_id)"


def _new(table: str) -> str:
    """A subject that nobody was granted yet is being made: its first rows come before its first grant."""
    return f"kalka_unheard({table}.subject_id)"


# Whoever works here sees them, and nobody else.
FOR_STAFF = (
    # Grants and walls are read by every policy, and by whoever passes work on: codes and ids.
    "access_grant",
    "access_wall",
    "access_walllifted",
    # Keyed marks, which nobody reads: whether two files know the same number is a question across files.
    "people_identifier",
    "people_pair",
    "people_pairword",
    # A colleague's login is no secret among staff, and whoever signs in is nobody yet.
    "accounts_user",
    "accounts_passkey",
    # Of no file, on purpose: how many beds are free in a region; that a finding names a case, by a keyed mark; on which
    # side an office stands, by another; the copy of a story that a second person had read; what the police register
    # says of orders, by keyed marks.
    "shelters_place",
    "shelters_taking",
    "findings_filed",
    "legalaid_officemark",
    "orders_registerline",
    "library_storyshown",
    # Public keys, and boxes that only the holder of a secret one opens.
    "strongroom_holderkey",
    "strongroom_sealedbox",
)


def _own_rules() -> dict[str, tuple[str, str]]:
    duty, notice, key, end = "duties_duty", "notices_notice", "vault_subjectkey", "duties_dutyend"
    value = "strongroom_sealedvalue"
    boxed = (
        "EXISTS (SELECT 1 FROM strongroom_sealedbox b JOIN strongroom_postkey k ON k.id = b.post_key_id"
        f" WHERE b.value_id = {value}.id AND k.post_id = {POST})"
    )
    of_post = f"{duty}.assignee_id = {POST}"
    of_duty = f"EXISTS (SELECT 1 FROM {duty} d WHERE d.id = {end}.duty_id)"
    by_key = f"{key}.subject_id = {OWN} OR ({_granted(key, ANY)} AND {_unwalled(key)})"
    return dict.fromkeys(FOR_STAFF, (SOMEBODY, SOMEBODY)) | {
        # A duty is seen by the post that has it, without the file. It is given to others than oneself.
        duty: (f"({of_post} OR {_granted(duty, ANY)}) AND {_unwalled(duty)}", SOMEBODY),
        end: (f"({of_duty} OR {_granted(end, ANY)}) AND {_unwalled(end)}", SOMEBODY),
        notice: (f"({notice}.to_post_id = {POST} OR {_granted(notice, ANY)}) AND {_unwalled(notice)}", SOMEBODY),
        # What was sealed is seen with the file, or by a post that has a box of it.
        value: (f"({_granted(value, (Scope.FILE,))} OR {boxed}) AND {_unwalled(value)}", SOMEBODY),
        "accounts_draft": (f"accounts_draft.subject_id = {OWN}", f"accounts_draft.subject_id = {OWN}"),
        key: (by_key, f"{by_key} OR {_new(key)}"),
    }


OWN_RULES = _own_rules()


def _role(connection: BaseDatabaseWrapper) -> None:
    """Made once by the owner, and given to the owner, who may take it on; a DBA may have made both."""
    role = settings.APPLICATION_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        try:
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {role} NOLOGIN")
            cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [role])
            if not cursor.fetchone()[0]:
                cursor.execute(f"GRANT {role} TO CURRENT_USER")
        except ProgrammingError:
            raise DomainError("access.role_missing", role=role) from None
        for statement in _statements("role.sql", role=role):
            cursor.execute(statement)


def _statements(name: str, **filled: str) -> list[str]:
    lines = (_SQL / name).read_text().split("\n")
    script = "\n".join(line for line in lines if not line.startswith("--"))
    return [one.strip().format(**filled) for one in script.split("\n\n") if one.strip()]

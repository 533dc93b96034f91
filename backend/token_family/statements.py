"""What every refresh asks of the database, written once for each: Django takes longer than the database itself.

Measured, writing them anew takes a third of a refresh's time on SQLite (`make bench`).
"""

from collections.abc import Mapping
from functools import cache

from django.db import connections
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken

from token_family.models import TokenFamily

META = TokenFamily._meta  # noqa: SLF001 - Django's documented name
FIELDS = {field.column: field for field in META.concrete_fields}


@cache
def any_blacklisted(database: str, jtis: int) -> str:
    """Return an expression that asks whether any of so many jtis is blacklisted."""
    rows = BlacklistedToken.objects.using(database).filter(token__jti__in=map(str, range(jtis))).values("pk")
    sql, _ = rows.query.get_compiler(database).as_sql()
    return f"EXISTS({sql})"


def update_unended(database: str, where: Mapping[str, object], to: Mapping[str, object]) -> bool:
    """Change the one family that has these values and has not ended; tell whether there was one.

    QuerySet.update does the same, and sends no signals either.
    """
    connection = connections[database]
    values = [
        FIELDS[name].get_db_prep_save(value, connection) for given in (to, where) for name, value in given.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(_update(database, tuple(to), tuple(where)), values)
        return bool(cursor.rowcount)


@cache
def _update(database: str, to: tuple[str, ...], where: tuple[str, ...]) -> str:
    quote = connections[database].ops.quote_name
    changes = ", ".join(f"{quote(name)} = %s" for name in to)
    conditions = " AND ".join(f"{quote(name)} = %s" for name in where)
    table = quote(META.db_table)
    return f"UPDATE {table} SET {changes} WHERE {conditions} AND {quote('revoked_at')} IS NULL"  # noqa: S608 - names of columns alone

"""Counts in one scan how many users break each condition.

usage: duckdb_counts.py FILE.ndjson THREADS
"""

import os
import sys

import duckdb

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "table"))
from collection import CONDITIONS  # noqa: E402

COLUMNS = {
    "id": "VARCHAR", "status": "VARCHAR", "created": "TIMESTAMP", "lastLogin": "TIMESTAMP", "mfa": "BOOLEAN",
    "type": "STRUCT(id VARCHAR)", "roles": "VARCHAR[]", "failedLogins": "BIGINT", "score": "DOUBLE",
    "profile": "STRUCT(firstName VARCHAR, lastName VARCHAR, email VARCHAR, login VARCHAR, department VARCHAR, "
               "secondEmail VARCHAR, manager VARCHAR)",
}

path, threads = sys.argv[1], int(sys.argv[2])
connection = duckdb.connect()
connection.execute(f"SET threads = {threads}")
columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for _, condition in CONDITIONS)
row = connection.execute(
    f"SELECT count(*), {counts} FROM read_json('{path}', format = 'newline_delimited', columns = {{{columns}}})"
).fetchone()
print(*row)

"""The table: all rows, in the order of the document."""

from faults import rows_account, rows_adk, rows_codes, rows_connection, rows_films, rows_steps, rows_stream
from faults.row import Row

CHAPTERS: dict[str, tuple[Row, ...]] = {
    "The line": rows_connection.ROWS,
    "The stream of a message": rows_stream.ROWS,
    "The stream, from the Agent Development Kit": rows_adk.ROWS,
    "Codes in every call": rows_codes.ROWS,
    "Credits, sign-in, sessions": rows_account.ROWS,
    "Renders and downloads": rows_films.ROWS,
    "Cancelled, killed, two at once": rows_steps.ROWS,
}
ROWS: tuple[Row, ...] = tuple(row for rows in CHAPTERS.values() for row in rows)

"""Cursors of keyset pages."""

from hypothesis import given
from hypothesis import strategies as st

from lms.api.cursors import GREATEST, LONGEST, Asked, part_of, read_cursor, write_cursor

KEYS = st.lists(st.integers(0, GREATEST), min_size=1, max_size=4).map(tuple)


@given(keys=KEYS)
def test_a_cursor_reads_as_it_was_written(keys: tuple[int, ...]) -> None:
    cursor = write_cursor(keys)
    assert len(cursor) <= LONGEST
    assert cursor.isascii()
    assert "=" not in cursor
    assert read_cursor(cursor, len(keys)) == keys
    assert read_cursor(cursor, len(keys) + 1) is None


@given(text=st.text(max_size=2 * LONGEST))
def test_what_is_no_cursor_is_none(text: str) -> None:
    found = read_cursor(text, 2)
    assert found is None or write_cursor(found) == text


@given(keys=KEYS, more=st.integers(1, 2**40))
def test_no_key_is_greater_than_a_column_holds(keys: tuple[int, ...], more: int) -> None:
    assert read_cursor(write_cursor((*keys[1:], GREATEST + more)), len(keys)) is None


@given(count=st.integers(0, 30), limit=st.integers(1, 12))
def test_parts_make_the_whole(count: int, limit: int) -> None:
    """Each row comes once, in order, and every part but the last one is full."""
    rows = list(range(1, count + 1))
    found: list[int] = []
    after: tuple[int, ...] = (0,)
    while True:
        rest = [row for row in rows if row > after[0]][: limit + 1]
        part = part_of(rest, Asked(after, limit), lambda row: (row,))
        found += part.items
        if part.after is None:
            break
        assert len(part.items) == limit
        after = read_cursor(part.after, 1) or (GREATEST,)
    assert found == rows

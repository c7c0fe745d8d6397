"""Why an uploaded file is not read as a table."""

from typing import Literal

TableProblem = Literal["empty", "too_large", "too_many_rows", "unreadable", "not_a_table"]


class TableError(Exception):
    """The file is refused; code says why in a word for the page, detail in English for whoever looks closer."""

    def __init__(self, code: TableProblem, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code: TableProblem = code
        self.detail = detail

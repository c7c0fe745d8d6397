"""Text of three languages: cleaning, folding, searching, sorting, codes and numbers that people type.

Pure functions on strings; nothing here knows of requests or of the database.
"""

from lms.text.addresses import LONGEST_MAIL, is_mail_address
from lms.text.cleaning import (
    ascii_digits,
    clean_for_language,
    clean_line,
    clean_text,
    isolate,
    isolate_ltr,
)
from lms.text.codes import certificate_code, code_is_well_formed, normalize_code, short_id
from lms.text.file_names import file_name
from lms.text.folding import answer_key, fold_key, key_version, split_key
from lms.text.numbers import parse_number
from lms.text.orthography import findings, prose
from lms.text.searching import highlight, search_terms, search_text
from lms.text.sorting import sort_key
from lms.text.uuids import uuid7

__all__ = [
    "LONGEST_MAIL",
    "answer_key",
    "ascii_digits",
    "certificate_code",
    "clean_for_language",
    "clean_line",
    "clean_text",
    "code_is_well_formed",
    "file_name",
    "findings",
    "fold_key",
    "highlight",
    "is_mail_address",
    "isolate",
    "isolate_ltr",
    "key_version",
    "normalize_code",
    "parse_number",
    "prose",
    "search_terms",
    "search_text",
    "short_id",
    "sort_key",
    "split_key",
    "uuid7",
]

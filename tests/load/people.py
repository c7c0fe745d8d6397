"""Quizzes and signed-in learners, made in bulk: hashing passwords is not what is measured."""

import secrets
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert

from lms.accounts.models import Person, UserSession
from lms.accounts.sessions import token_hash
from lms.clock import now
from lms.db import write_unit
from tests.quizzes import questions

_number = count(1)


def asked(number: int) -> list[dict[str, Any]]:
    """So many questions, of each simple type in turn."""
    kinds = questions()
    return [{**kinds[at % len(kinds)], "id": f"question-{at}"} for at in range(number)]


def signed_in(number: int) -> list[str]:
    """The tokens of the sessions of so many new learners."""
    moment = now()
    with write_unit() as session:
        names = [f"learner{next(_number)}" for _ in range(number)]
        people = [{"sign_in_name": name, "sign_in_key": name, "display_name": name, "language": "en"} for name in names]
        ids = session.scalars(insert(Person).returning(Person.id), people).all()
        tokens = [secrets.token_urlsafe(32) for _ in ids]
        sessions = [
            {
                "token_hash": token_hash(token),
                "person_id": person_id,
                "created_at": moment,
                "seen_at": moment,
                "expires_at": moment + timedelta(days=1),
                "agent": "load",
            }
            for person_id, token in zip(ids, tokens, strict=True)
        ]
        session.execute(insert(UserSession), sessions)
    return tokens

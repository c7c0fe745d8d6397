"""Modules taken away as packages and brought back."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from lms.db import db
from lms.training.models import Module
from lms.training.packages import read_package
from lms.training.publishing import tree_of
from lms.training.tree import tree_hash
from tests.page import PageClient
from tests.studio import Studio, make_trainer, reloaded, whole_module


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "fa")


def bring(studio: Studio, body: bytes, status: int = 303) -> Any:
    studio.client.get(studio.at("packages/new"))
    fields = {"file": (io.BytesIO(body), "module.zip"), "owner": "site"}
    return studio.client.post(studio.at("packages/new"), fields, status, content_type="multipart/form-data")


def test_a_package_brought_back_publishes_the_same(studio: Studio) -> None:
    module = whole_module(studio)
    studio.client.get(studio.at(f"m/{module.public_id}/package"), 404)
    studio.publish(module)
    version = reloaded(module).current_version
    assert version
    body = studio.client.get(studio.at(f"m/{module.public_id}/package")).get_data()
    assert tree_hash(read_package(io.BytesIO(body))) == tree_hash(tree_of(version))
    studio.client.follow(bring(studio, body))
    copy = db.session.scalars(select(Module).order_by(Module.id.desc())).first()
    assert copy
    assert copy.id != module.id
    assert copy.key != module.key
    studio.publish(copy)
    published = reloaded(copy).current_version
    assert published
    assert (published.tree, published.manifest["title"]) == (version.tree, version.manifest["title"])


@pytest.mark.parametrize("body", [b"", b"no zip", b"PK\x03\x04 cut"])
def test_what_is_no_package_is_refused(studio: Studio, body: bytes) -> None:
    assert 'class="error"' in bring(studio, body, 422).text

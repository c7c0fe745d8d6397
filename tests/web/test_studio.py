"""The studio: a trainer writes a module, previews and publishes it, learners see it."""

import pytest
from flask import Flask

from tests.conftest import LANGUAGES
from tests.factories import make_person
from tests.page import PageClient
from tests.studio import TITLES, Studio, make_trainer, reloaded, whole_module


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()))


def titles_seen_by(client: PageClient, language: str) -> str:
    return client.get(f"/{language}/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_studio_says_how_to_begin(client: PageClient, language: str) -> None:
    page = Studio(client.sign_in(make_trainer()), language).client.get(f"/{language}/studio/")
    assert "shamsa" in page.text
    assert f"/{language}/studio/new" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_module_is_written_previewed_published_and_read(app: Flask, client: PageClient, language: str) -> None:
    studio = Studio(client.sign_in(make_trainer()), language)
    module = whole_module(studio)
    parts = [part for part in module.draft.parts if part.kind != "head"] if module.draft else []
    assert [part.kind for part in parts] == ["lesson", "lesson", "quiz"]
    preview = client.get(studio.at(f"parts/{parts[0].public_id}/preview?as={language}")).text
    assert f"<strong>{TITLES[language]}</strong> 1" in preview
    assert "preview-phone" in preview
    assert TITLES["ar"] in client.get(studio.at(f"m/{module.public_id}/preview?as=ar")).text
    trial = studio.at(f"parts/{parts[2].public_id}/preview?as={language}")
    assert f"A {language}" in client.get(trial).text
    assert "choice-ok" in client.post(trial, {"q1.answer": "a"}, 200).text
    studio.publish(module)
    assert reloaded(module).current_version is not None

    learner = PageClient(app).sign_in(make_person())
    assert TITLES[language] in titles_seen_by(learner, language)
    lesson = learner.post(f"/{language}/m/{module.public_id}/start").headers["Location"]
    page = learner.get(lesson).text
    assert f"<strong>{TITLES[language]}</strong> 1" in page
    assert f'<article class="prose page" lang="{language}"' in page

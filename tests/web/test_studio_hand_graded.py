"""Essays, files, surveys and cases in the studio."""

import pytest

from tests.conftest import LANGUAGES
from tests.page import PageClient
from tests.sent_forms import form_in
from tests.studio import Studio, make_trainer, reloaded


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rubric_is_written_criterion_by_criterion(client: PageClient, language: str) -> None:
    studio = Studio(client.sign_in(make_trainer()), language)
    item = studio.add_item(studio.add_part(studio.new_module(), "quiz"), "essay")
    address = studio.at(f"questions/{item.public_id}/")
    page = client.get(address).text
    assert 'name="try"' not in page
    written = {
        f"q.{name}.{code}": f"{name} {code}"
        for code in LANGUAGES
        for name in ("prompt", "criterion.a", "level-a.a", "level-b.a")
    }
    points = {"q.points-a.a": "۰", "q.points-b.a": "2", "mark": "4", "q.most_words": "٣٠٠"}
    client.post(address, {**form_in(page, ""), **written, **points})
    settings = reloaded(item).settings
    assert settings["structure"] == {"most_words": 300, "criteria": [{"id": "a", "levels": ["a", "b"]}]}
    assert settings["scoring"] == {"points": {"a": {"a": 0, "b": 2}}}
    assert settings["mark"] == 4
    again = form_in(client.get(address).text, "")
    assert again["q.level-b.a.ar"] == "level-b.a ar"
    client.post(address, {**again, "q.points-a.a": "many"}, status=422)


def test_a_question_joins_the_case_before_it_and_a_case_is_worth_nothing(client: PageClient) -> None:
    studio = Studio(client.sign_in(make_trainer()), "en")
    quiz = studio.add_part(studio.new_module(), "quiz")
    before, case, after = (studio.add_item(quiz, kind) for kind in ("essay", "case_study", "file_upload"))
    pages = {item.kind: client.get(studio.at(f"questions/{item.public_id}/")).text for item in (before, case, after)}
    assert 'name="in_case"' not in pages["essay"]
    assert 'name="in_case"' not in pages["case_study"]
    assert 'name="mark"' not in pages["case_study"]
    assert reloaded(case).settings["mark"] == 0
    client.post(studio.at(f"questions/{after.public_id}/"), {**form_in(pages["file_upload"], ""), "in_case": "yes"})
    assert reloaded(after).settings["in_case"] is True
    assert reloaded(after).settings["structure"]["kinds"] == ["document"]
    shown = form_in(client.get(studio.at(f"questions/{after.public_id}/")).text, "")
    assert shown["in_case"] == ["yes"]
    client.post(studio.at(f"questions/{after.public_id}/"), {k: v for k, v in shown.items() if k != "in_case"})
    assert "in_case" not in reloaded(after).settings

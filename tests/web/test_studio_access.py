"""Who may open what in the studio."""

import pytest
from flask import Flask

from lms.authoring.drafts.items import content_of
from lms.authoring.queries import editable_by, modules_to_copy, modules_to_edit
from lms.db import db
from lms.organizations.models import Network
from lms.organizations.queries import actor_of
from lms.security.permissions import Permission
from lms.security.policy import allows
from lms.training.models import Module, PartKind
from tests.conftest import LANGUAGES
from tests.factories import make_network, make_person
from tests.media import keep_picture
from tests.page import PageClient
from tests.queries import counted_statements
from tests.studio import Studio, keep_text, make_trainer, reloaded, whole_module


def kit_module() -> Module:
    return db.session.query(Module).filter_by(key="what-networking-is").one()


def addresses(app: Flask, module: Module) -> list[tuple[str, str]]:
    """Every address of the studio that is about this module, with its method."""
    assert module.draft
    lesson = next(part for part in module.draft.parts if part.kind == PartKind.LESSON)
    quiz = next(part for part in module.draft.parts if part.kind == PartKind.QUIZ)
    block, question = content_of(lesson)[0], content_of(quiz)[0]
    found = []
    picture = keep_picture(module)
    for rule in app.url_map.iter_rules():
        elsewhere = "copies" in rule.rule or "reports" in rule.rule
        if not rule.endpoint.startswith("authoring.") or elsewhere or not rule.arguments - {"lang"}:
            continue
        about_question = "question" in rule.endpoint or rule.endpoint == "authoring.save"
        ids = {
            "lang": "fa",
            "module_id": module.public_id,
            "part_id": lesson.public_id,
            "item_id": question.public_id if about_question else block.public_id,
            "language": "fa",
            "key": picture.key,
            "variant": picture.variants[0].name,
            "earlier_id": keep_text(block).public_id,
        }
        path = "/".join(ids.get(part.strip("<>"), part) for part in rule.rule.split("/"))
        found += [(method, path) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}]
    return found


@pytest.fixture
def networks(app: Flask) -> tuple[Network, Network]:
    return make_network(), make_network()


def test_a_learner_has_no_studio(client: PageClient) -> None:
    client.sign_in(make_person())
    client.get("/fa/studio/", 403)
    client.get("/fa/studio/new", 403)
    client.post("/fa/studio/new", {"title_fa": "ماژول"}, 403)
    assert "/fa/studio/" not in client.get("/fa/").text


def test_a_trainer_finds_it_in_the_navigation(client: PageClient) -> None:
    assert "/fa/studio/" in client.sign_in(make_trainer()).get("/fa/").text


def test_nobody_sees_another_networks_module(app: Flask, client: PageClient, networks: tuple[Network, Network]) -> None:
    mine, theirs = networks
    owner = Studio(client.sign_in(make_trainer(mine)), "fa")
    module = owner.new_module(owner=str(mine.id))
    owner.write_lesson(module, {"fa": "درس"}, {"fa": "متن"})
    owner.write_quiz(module, {"fa": "آزمون"}, {"fa": "پرسش"})
    owner.publish(reloaded(module), languages=["fa"])
    tried = addresses(app, reloaded(module))
    assert len(tried) >= 19
    for stranger in (make_trainer(theirs), make_trainer()):
        browser = PageClient(app).sign_in(stranger)
        for method, path in tried:
            visit = {"GET": browser.get, "PUT": browser.put}.get(method)
            browser.post(path, status=404) if visit is None else visit(path, 404)
        assert module.public_id not in browser.get("/fa/studio/").text
        browser.get(f"/fa/studio/copies/{module.public_id}", 404)


def test_what_a_plugin_brings_is_not_edited(app: Flask, client: PageClient) -> None:
    browser = client.sign_in(make_trainer())
    for path in ("", "publish", "preview", "discard", "delete"):
        browser.get(f"/fa/studio/m/{kit_module().public_id}/{path}", 404)
    browser.post(f"/fa/studio/m/{kit_module().public_id}/edit", status=404)
    browser.post(f"/fa/studio/m/{kit_module().public_id}/parts", {"do": "add:lesson"}, 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_of_the_kit_is_ones_own(client: PageClient, networks: tuple[Network, Network], language: str) -> None:
    network = networks[0]
    studio = Studio(client.sign_in(make_trainer(network)), language)
    at = studio.at(f"copies/{kit_module().public_id}")
    assert at in client.get(studio.at("")).text
    client.get(at)
    client.post(at, {"owner": "site"}, 422)
    client.post(at, {"owner": str(network.id)})
    copy = db.session.query(Module).order_by(Module.id.desc()).first()
    assert copy
    assert (copy.derived_from_id, copy.network_id, copy.plugin) == (kit_module().id, network.id, None)
    page = client.get(studio.at(f"m/{copy.public_id}/")).text
    assert kit_module().titles[language] in page
    studio.publish(copy)
    assert reloaded(copy).current_version
    assert copy.current_version
    assert kit_module().current_version
    assert copy.current_version.tree["lessons"] == kit_module().current_version.tree["lessons"]  # type: ignore[union-attr]


def test_nobody_writes_for_a_network_that_she_does_not_train(
    client: PageClient, networks: tuple[Network, Network]
) -> None:
    client.sign_in(make_trainer(networks[0]))
    form = {"title_fa": "ماژول", "source_language": "fa"}
    for owner in ("site", str(networks[1].id), "x", ""):
        client.post("/fa/studio/new", {**form, "owner": owner}, 422)


def test_the_lists_are_what_the_policy_allows(
    app: Flask, client: PageClient, networks: tuple[Network, Network]
) -> None:
    trainers = [make_trainer(), *map(make_trainer, networks)]
    for trainer, owner in zip(trainers, ("site", *(str(network.id) for network in networks)), strict=True):
        Studio(PageClient(app).sign_in(trainer)).new_module(owner=owner)
    for trainer in trainers:
        actor = actor_of(trainer.id)
        listed = {module.public_id for module in modules_to_edit(actor)}
        every = db.session.query(Module).filter(Module.plugin.is_(None)).all()
        assert listed == {module.public_id for module in every if allows(actor, Permission.EDIT_MODULE, module.scope())}
        assert len(listed) == db.session.query(Module).filter(editable_by(actor)).count() == 1
        assert kit_module().public_id in {module.public_id for module in modules_to_copy(actor)}


def test_the_number_of_statements_does_not_grow(client: PageClient) -> None:
    studio = Studio(client.sign_in(make_trainer()))
    module = whole_module(studio)
    lesson = module.draft.parts[1] if module.draft else None
    assert lesson
    pages = [studio.at(""), studio.at(f"m/{module.public_id}/"), studio.address(lesson)]
    pages += [studio.at(f"m/{module.public_id}/publish"), f"{studio.address(lesson)}preview"]
    before = [_cost(client, page) for page in pages]
    whole_module(studio)
    studio.write_quiz(module, {"fa": "آزمون"}, {"fa": "پرسش"})
    for number in range(4):
        block = studio.add_item(lesson, "text")
        studio.write(lesson, {block: {"fa": f"بخش {number}", "ar": f"مقطع {number}"}})
    assert [_cost(client, page) for page in pages] == before


def _cost(client: PageClient, page: str) -> int:
    with counted_statements() as seen:
        client.get(page)
    return len(seen)

"""Pictures, sound and films: uploaded, named in each language, published, sent to those who may read."""

import io
import re
from pathlib import Path

import pytest

from lms.clock import now
from lms.db import db, write_unit
from lms.limits import UPLOAD_LIMIT
from lms.storage import current_storage
from lms.training.checks import check_tree
from lms.training.media import media_of
from lms.training.models import DraftItem, DraftPart, Module, VersionKind
from lms.training.packages import read_package, write_package
from lms.training.publishing import publish, render_tree, tree_of
from lms.training.services import import_module
from lms.training.tree import Tree
from lms.training.tree_media import keeper
from tests.factories import make_network, make_person
from tests.media import CAPTIONS, film, picture, sound
from tests.page import PageClient
from tests.sent_forms import whole_body
from tests.stored import path_of
from tests.studio import TITLES, Studio, make_trainer, reloaded

ALT = {"fa": "دو زن در جلسه\n**شرح** تصویر", "ar": "امرأتان في اجتماع", "en": "Two women in a meeting"}
WORDS = {"fa": "گفتگو\nسلام", "ar": "حوار\nسلام", "en": "Talk\nHello"}


@pytest.fixture
def studio(client: PageClient) -> Studio:
    return Studio(client.sign_in(make_trainer()), "en")


def upload(studio: Studio, item: DraftItem, content: bytes, status: int = 303, **fields: str) -> str:
    values = {"do": "add", "slot": "files", "language": "*", "name": "", **fields}
    page = studio.client.post(
        studio.at(f"blocks/{item.public_id}/files"), {**values, "file": (io.BytesIO(content), "IMG_1.jpg")}, status
    )
    return page.text


def lesson_with(studio: Studio, kind: str, texts: dict[str, str]) -> tuple[Module, DraftPart, DraftItem]:
    module = studio.new_module()
    part = studio.write_lesson(module, TITLES, dict(TITLES))
    block = studio.add_item(part, kind)
    studio.write(part, {block: texts})
    return module, part, block


def test_a_picture_is_uploaded_previewed_published_and_seen(studio: Studio, client: PageClient) -> None:
    module, part, block = lesson_with(studio, "image", ALT)
    upload(studio, block, picture(1200, 600, place=True))
    assert "thumb" in client.get(studio.at(f"parts/{part.public_id}/")).text
    shown = client.get(studio.at(f"parts/{part.public_id}/preview?as=fa")).text
    client.get(re.findall(r'<img src="([^"]+)"', shown)[0])
    studio.publish(module)
    client.sign_in(make_person(language="fa"))
    page = client.get(f"/fa/m/{module.public_id}/{part.key}/").text
    assert 'width="600" height="1200" alt="دو زن در جلسه" loading="lazy"' in page
    addresses = re.findall(r"(/fa/m/\w+/media/\S+) (480|600)w", page)
    assert len(addresses) == 4
    for address, _width in addresses:
        sent = client.get(address)
        assert sent.mimetype in ("image/avif", "image/webp")
        assert b"phone" not in sent.data
    assert "Two women" in client.get(f"/en/m/{module.public_id}/{part.key}/").text


def test_a_picture_is_for_those_who_may_read_the_module(studio: Studio, client: PageClient) -> None:
    network = make_network()
    client.sign_in(make_trainer(network))
    module = studio.new_module(owner=str(network.id))
    part = studio.write_lesson(module, TITLES, dict(TITLES))
    block = studio.add_item(part, "image")
    studio.write(part, {block: ALT})
    upload(studio, block, picture(60, 60))
    studio.publish(module)
    key = media_of(module).popitem()[1].key
    client.get(f"/en/studio/m/{module.public_id}/media/{key}")
    client.sign_in(make_person())
    client.get(f"/en/m/{module.public_id}/media/{key}", 404)
    client.get(f"/en/studio/m/{module.public_id}/media/{key}", 404)


def test_without_words_a_picture_hinders_publishing(studio: Studio) -> None:
    module, _part, block = lesson_with(studio, "image", {**ALT, "en": ""})
    page = studio.client.get(studio.at(f"m/{module.public_id}/")).text
    assert "the block has no file" in page
    upload(studio, block, picture(60, 60))
    page = studio.client.get(studio.at(f"m/{module.public_id}/")).text
    assert "the block has no file" not in page
    assert "Image</bdi></a>: Missing or unfinished" in page


def test_what_is_to_be_mended_is_open_before_publishing_is_tried(studio: Studio) -> None:
    module, _part, _block = lesson_with(studio, "image", ALT)
    page = studio.client.get(studio.at(f"m/{module.public_id}/publish")).text
    assert 'class="more" open' in page


def test_a_picture_with_words_has_one_a_language(studio: Studio, client: PageClient) -> None:
    module, part, block = lesson_with(studio, "image", ALT)
    upload(studio, block, picture(60, 60))
    upload(studio, block, picture(90, 60), language="ar")
    studio.publish(module)
    assert 'width="90"' in client.get(f"/ar/m/{module.public_id}/{part.key}/").text
    assert 'width="60"' in client.get(f"/fa/m/{module.public_id}/{part.key}/").text
    studio.client.post(studio.at(f"blocks/{block.public_id}/files"), {"do": "remove:files:ar"})
    assert set(reloaded(block).settings["data"]["files"]) == {"*"}


def test_sound_needs_its_transcript_and_is_sent_in_parts(studio: Studio, client: PageClient) -> None:
    module, part, block = lesson_with(studio, "audio", {**WORDS, "ar": "حوار"})
    upload(studio, block, sound())
    assert "the recording has no transcript" in client.get(studio.at(f"m/{module.public_id}/")).text
    studio.write(part, {}, do=f"choose:{block.public_id}:words:missing")
    studio.publish(module)
    page = client.get(f"/en/m/{module.public_id}/{part.key}/").text
    assert "There is no transcript of this recording yet." in page
    address = re.findall(r'<audio [^>]*src="([^"]+)"', page)[0]
    sent = client.get(address, 206, headers={"Range": "bytes=0-3"})
    assert (sent.data, sent.mimetype) == (b"\xff\xfb\x90\x00", "audio/mpeg")


def test_a_film_needs_captions_or_says_that_it_has_none(studio: Studio, client: PageClient) -> None:
    module, part, block = lesson_with(studio, "video", WORDS)
    upload(studio, block, film())
    assert "the video has no captions in this language" in client.get(studio.at(f"m/{module.public_id}/")).text
    upload(studio, block, CAPTIONS, slot="captions")
    studio.publish(module)
    page = client.get(f"/fa/m/{module.public_id}/{part.key}/").text
    captions = re.findall(r'<track kind="captions" src="([^"]+)" srclang="fa"', page)[0]
    assert client.get(captions).mimetype == "text/vtt"


def test_what_is_no_picture_is_refused_and_said(studio: Studio) -> None:
    _module, _part, block = lesson_with(studio, "image", ALT)
    assert "no picture, recording or captions" in upload(studio, block, b"%PDF-1.7", 422)
    assert "of another kind" in upload(studio, block, sound(), 422)
    assert (
        "Choose a file."
        in studio.client.post(
            studio.at(f"blocks/{block.public_id}/files"),
            {"do": "add", "slot": "files", "language": "*", "name": ""},
            422,
        ).text
    )
    upload(studio, block, picture(60, 60), 400, slot="captions")


def test_a_recording_may_be_larger_than_other_uploads(studio: Studio) -> None:
    _module, _part, block = lesson_with(studio, "image", ALT)
    form = {"do": "add", "slot": "files", "language": "*", "name": ""}
    sent = whole_body(form, b"%PDF-1.7" + bytes(UPLOAD_LIMIT), filename="film.mp4")
    page = studio.client.post_body(studio.at(f"blocks/{block.public_id}/files"), 422, **sent).text
    assert "no picture, recording or captions" in page, "it was read, and judged"


def test_a_module_travels_with_its_files(studio: Studio, client: PageClient, tmp_path: Path) -> None:
    module, _part, block = lesson_with(studio, "image", ALT)
    upload(studio, block, picture(60, 60))
    studio.publish(module)
    version = reloaded(module).current_version
    assert version is not None
    tree = tree_of(version)
    package = tmp_path / "module.zip"
    with package.open("wb") as file:
        write_package(tree, file, current_storage().at_hand)
    key = tree.media.popitem()[1]
    path_of(key).unlink()
    with package.open("rb") as file:
        brought = read_package(file, keeper(current_storage()))
    assert check_tree(brought) == []
    renamed = Tree({**brought.manifest, "id": "brought"}, brought.lessons, brought.quizzes, brought.media)
    with write_unit():
        import_module(render_tree(renamed), update=False, actor_id=None, now=now())
    copy = db.session.query(Module).filter_by(key="brought").one()
    assert [row.key for row in media_of(copy).values()] == [key]
    assert path_of(key)


def test_a_copy_has_the_files_too(studio: Studio, client: PageClient) -> None:
    module, _part, block = lesson_with(studio, "image", ALT)
    upload(studio, block, picture(60, 60))
    studio.publish(module)
    network = make_network()
    client.sign_in(make_trainer(network))
    client.post(studio.at(f"copies/{module.public_id}"), {"owner": str(network.id)})
    copy = db.session.query(Module).order_by(Module.id.desc()).first()
    assert copy is not None
    assert media_of(copy).keys() == media_of(module).keys()
    studio.publish(copy)
    assert reloaded(copy).current_version is not None


def test_publishing_again_adds_no_row(studio: Studio) -> None:
    module, _part, block = lesson_with(studio, "image", ALT)
    upload(studio, block, picture(60, 60))
    studio.publish(module)
    version = reloaded(module).current_version
    assert version is not None
    rendered = render_tree(tree_of(version))
    with write_unit():
        publish(
            module, rendered.tree, kind=VersionKind(version.kind), note="", actor_id=None, now=now(), rendered=rendered
        )
    assert len(media_of(module)) == 1

"""A trainer at work: the studio's pages, driven as a browser without script drives them."""

from typing import Any, TypeVar

from sqlalchemy import select

from lms.accounts.models import Person
from lms.authoring.models import EarlierQuestion, EarlierText
from lms.clock import now
from lms.db import db
from lms.organizations.models import Network
from lms.security.actor import Role
from lms.training.models import DraftItem, DraftPart, Module, PartKind
from tests.factories import add, grant, make_person
from tests.page import PageClient
from tests.sent_forms import form_in

Row = TypeVar("Row")
TITLES = {"fa": "دیدار با دیگران", "ar": "لقاء الآخرين", "en": "Meeting others"}


def make_trainer(network: Network | None = None) -> Person:
    """A trainer of the site, or of a network."""
    return grant(make_person(language="fa"), Role.TRAINER, network=network)


class Studio:
    """The studio in one language, in a trainer's browser."""

    def __init__(self, client: PageClient, language: str = "fa") -> None:
        self.client, self.language = client, language

    def at(self, path: str) -> str:
        """An address of the studio."""
        return f"/{self.language}/studio/{path}"

    def new_module(self, titles: dict[str, str] | None = None, owner: str = "site", source: str = "fa") -> Module:
        """Begin a module."""
        fields = {f"title_{code}": text for code, text in (titles or TITLES).items()}
        self.client.post(self.at("new"), {**fields, "owner": owner, "source_language": source})
        return db.session.scalars(select(Module).order_by(Module.id.desc())).first() or Module()

    def add_part(self, module: Module, kind: str) -> DraftPart:
        """Add a lesson or quiz."""
        self.client.post(self.at(f"m/{module.public_id}/parts"), {"do": f"add:{kind}"})
        return db.session.scalars(select(DraftPart).order_by(DraftPart.id.desc())).first() or DraftPart()

    def add_item(self, part: DraftPart, kind: str) -> DraftItem:
        """Add a block or question at the end."""
        self.client.post(self.at(f"parts/{part.public_id}/"), {"do": f"add:{kind}:"})
        return db.session.scalars(select(DraftItem).order_by(DraftItem.id.desc())).first() or DraftItem()

    def address(self, part: DraftPart) -> str:
        """Where a part is edited."""
        return self.at(f"parts/{part.public_id}/")

    def fields(self, part: DraftPart) -> dict[str, Any]:
        """The editor's form, as a browser has it."""
        if part.kind == PartKind.HEAD:
            page = self.client.get(self.at(f"m/{part.draft.module.public_id}/"))
            return form_in(page.text, f"parts/{part.public_id}/")
        return form_in(self.client.get(self.address(part)).text, f"parts/{part.public_id}/")

    def write(self, part: DraftPart, texts: dict[DraftItem, dict[str, str]], status: int = 303, **more: Any) -> str:
        """Open the editor, type texts by item and language, save."""
        fields = self.fields(part)
        for item, by_language in texts.items():
            fields |= {f"text-{item.public_id}-{code}": text for code, text in by_language.items()}
        return self.client.post(self.address(part), {**fields, "do": "save", **more}, status).text

    def field(self, part: DraftPart, name: str) -> DraftItem:
        """A field of a part, such as its title."""
        return next(item for item in reloaded(part).items if item.key == f"@{name}")

    def write_lesson(self, module: Module, titles: dict[str, str], text: dict[str, str]) -> DraftPart:
        """A lesson with a title and one block of text."""
        part = self.add_part(module, "lesson")
        block = self.add_item(part, "text")
        self.write(part, {self.field(part, "title"): titles, block: text})
        return part

    def write_quiz(self, module: Module, titles: dict[str, str], prompt: dict[str, str]) -> DraftPart:
        """A quiz with a title and one question of two options."""
        part = self.add_part(module, "quiz")
        self.write(part, {self.field(part, "title"): titles})
        item = self.add_item(part, "single_choice")
        self.answer(item, {f"q.prompt.{code}": text for code, text in prompt.items()}, list(prompt))
        return part

    def answer(self, item: DraftItem, typed: dict[str, Any], languages: list[str], status: int = 303) -> str:
        """Fill a choice question in: options a (right) and b."""
        address = self.at(f"questions/{item.public_id}/")
        fields = form_in(self.client.get(address).text)
        for code in languages:
            fields |= {f"q.option.a.{code}": f"A {code}", f"q.option.b.{code}": f"B {code}"}
        return self.client.post(address, {**fields, "q.correct": "a", **typed}, status).text

    def publish(self, module: Module, status: int = 303, **changes: Any) -> str:
        """Publish as the form suggests, but for `changes`."""
        address = self.at(f"m/{module.public_id}/publish")
        fields = form_in(self.client.get(address).text)
        return self.client.post(address, {**fields, **changes}, status).text


def reloaded(row: Row) -> Row:
    """A row as the database has it now."""
    db.session.refresh(row)
    return row


def whole_module(studio: Studio, languages: tuple[str, ...] = ("fa", "ar", "en")) -> Module:
    """A module of two lessons and a quiz."""
    titles = {code: TITLES[code] for code in languages}
    module = studio.new_module(titles)
    for n in (1, 2):
        numbered = {code: f"{text} {n}" for code, text in titles.items()}
        studio.write_lesson(module, numbered, {code: f"**{text}** {n}" for code, text in titles.items()})
    studio.write_quiz(module, titles, {code: f"{text}?" for code, text in titles.items()})
    return reloaded(module)


def keep_text(item: DraftItem) -> EarlierText:
    """Give a block an earlier text."""
    earlier: EarlierText = add(EarlierText(item_id=item.id, language="fa", text="پیشین", changed_at=now()))
    return earlier


def keep_question(item: DraftItem) -> EarlierQuestion:
    """Give a question an earlier one."""
    said = {"mark": 1, "structure": {}, "scoring": {}, "text": {"fa": {"prompt": "پیشین"}}}
    earlier: EarlierQuestion = add(EarlierQuestion(item_id=item.id, question=said, changed_at=now()))
    return earlier

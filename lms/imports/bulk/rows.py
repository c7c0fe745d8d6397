"""One row: what it would do to organizations, people, memberships and completions."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from lms.accounts.names import mail_key, sign_in_key
from lms.db import Texts
from lms.imports.bulk.asked import Batch, Doubt, Named, NewCompletion, NewHuman
from lms.imports.bulk.cells import (
    LONGEST_TITLE,
    day_in,
    language_in,
    line_of,
    mail_of,
    name_of,
    post_of,
    score_of,
    sign_in_of,
)
from lms.imports.bulk.columns import Kind
from lms.imports.bulk.fates import Doubted, Refused, Said
from lms.imports.bulk.world import Human, Place, Seat
from lms.text import answer_key, fold_key, short_id

if TYPE_CHECKING:
    from lms.imports.bulk.judging import Judge

NEW_PERSON = "new"
MOST_FOUND = 10


class RowJudge:
    """One row: what is said of it, and the deeds that it asks for, done only where nothing of it is wrong."""

    __slots__ = ("batch", "deeds", "given", "judge", "makes", "named", "said", "terms", "world")

    def __init__(self, judge: "Judge", given: Mapping[str, str], batch: Batch) -> None:
        self.judge, self.given, self.batch = judge, given, batch
        self.world, self.terms = judge.world, judge.terms
        self.named: Named
        self.said: list[Said] = []
        self.deeds: list[Callable[[], Any]] = []
        self.makes = False

    def look(self) -> None:
        """Raises Refused or Doubted."""
        self.named = self.judge.named(self.given)
        place = self._place()
        human = self._human(place)
        if human is None:
            if place is None:
                raise Refused("nobody")
            if "module" in self.given:
                raise Refused("no_person", "person")
            return
        if place is not None:
            self._seat(human, place)
        if "module" in self.given and Kind.COMPLETIONS in self.judge.kinds:
            self._completion(human)

    # Organizations

    def _place(self) -> Place | None:
        named = self.named
        if not named.names:
            return None
        settled = self.judge.settled.get(named)
        if settled is not None:
            return settled
        found = list(dict.fromkeys(place for key in named.keys for place in self.world.places.get(key, ())))
        inside = [place for place in found if place.inside] or found
        if len(inside) > 1:
            raise Refused("several_organizations", "organization")
        if inside:
            self._known_place(inside[0], named)
            if not self.deeds:
                self.judge.settled[named] = inside[0]
            return inside[0]
        if Kind.ORGANIZATIONS not in self.judge.kinds:
            raise Refused("no_organization", "organization")
        since = day_in(self.given, "since", self.terms) or self.terms.day
        place = Place(named.names, country=named.country, city=named.city)
        self._make("new_organization", lambda: self._add_place(place, since))
        return place

    def _add_place(self, place: Place, since: date) -> None:
        self.world.add_place(place)
        self.batch.new_places.append((place, since))

    def _known_place(self, place: Place, named: Named) -> None:
        if not place.inside:
            if place.left_by_itself or Kind.ORGANIZATIONS not in self.judge.kinds:
                raise Refused("organization_left", "organization")
            self._make("organization_returns", lambda: self._take_back(place))
        # An organization that somebody manages says itself what it is called and where it is.
        if place.has_manager or Kind.ORGANIZATIONS not in self.judge.kinds:
            return
        more = {code: name for code, name in named.names.items() if code not in place.names}
        city = {code: text for code, text in named.city.items() if code not in place.city}
        country = named.country if place.country is None else None
        if more or city or country:
            self._do("organization_filled", lambda: self._fill(place, more, city, country))

    def _take_back(self, place: Place) -> None:
        place.inside = True
        self.batch.returning.append(place)

    def _fill(self, place: Place, names: Texts, city: Texts, country: str | None) -> None:
        place.names, place.city = {**place.names, **names}, {**place.city, **city}
        place.country = country or place.country
        self.world.add_place(place)
        self.batch.filled_places.append((place, place.names, place.city, place.country))

    # People

    def _human(self, place: Place | None) -> Human | None:
        name, sign_in, mail = name_of(self.given), sign_in_of(self.given), mail_of(self.given)
        if not name and not sign_in:
            return None
        language, folded = language_in(self.given), self.judge.folded.get(name) or fold_key(name)
        key = sign_in_key(sign_in) if sign_in else ""
        known = self._by_sign_in(folded, key)
        if known is not None:
            return known
        if place is None:
            raise Refused("no_organization_given", "organization")
        if not name:
            raise Refused("no_name", "person")
        address = mail_key(mail) if mail else ""
        found = self._found(folded, key, address, place)
        if found is not None:
            return found
        if Kind.PEOPLE not in self.judge.kinds:
            raise Refused("no_such_person", "person")
        human = Human(name, mail=address, sign_in=key, ours=True, mine=True, completions=frozenset())
        made = NewHuman(human, sign_in, mail, language or self.terms.language)
        doubt = (folded, key, address, self.named.key)
        self._make("new_person", lambda: self._add_human(made, doubt))
        return human

    def _by_sign_in(self, folded: str, key: str) -> Human | None:
        known = self.world.by_sign_in.get(key) if key else None
        if known is not None and folded and folded != fold_key(known.name):
            raise Refused("another_name", "person")
        if key in self.world.taken:
            raise Refused("taken", "sign_in")
        return known

    def _add_human(self, made: NewHuman, doubt: Doubt) -> None:
        self.world.add_human(made.human, doubt[0])
        self.judge.chosen[doubt] = made.human
        self.batch.new_humans.append(made)

    def _found(self, folded: str, key: str, mail: str, place: Place) -> Human | None:
        """Who bears the name already and is meant; None for a new person. Raises Doubted where that is not certain."""
        namesakes = [
            human
            for human in self.world.humans.get(folded, ())
            if not (mail and human.mail and mail != human.mail) and not (key and human.mine)
        ]
        here = [human for human in namesakes if self.world.shows(human, place)]
        mine = [human for human in here if human.mine]
        if len(mine) > 1:
            raise Refused("same_name_twice", "person")
        if mine:
            return mine[0]
        if len(here) == 1 and not key:
            return here[0]
        others = here + [human for human in namesakes if not human.mine and human not in here]
        return self._choice((folded, key, mail, self.named.key), others) if others else None

    def _choice(self, doubt: Doubt, found: list[Human]) -> Human | None:
        name = hashlib.sha256("\0".join(doubt).encode()).hexdigest()[:16]
        chosen = self.judge.record.choices.get(name) or (NEW_PERSON if self.judge.record.doubtful_are_new else "")
        if chosen == NEW_PERSON:
            return self.judge.chosen.get(doubt)
        picked = next((human for human in found if human.public_id == chosen), None)
        if picked is not None:
            return picked
        raise Doubted(name, [self._shown(human) for human in found[:MOST_FOUND]])

    def _shown(self, human: Human) -> dict[str, Any]:
        """What tells a found person from her namesakes."""
        places = [place.names for place in human.seats if self.world.shows(human, place)]
        return {"id": human.public_id, "name": human.name, "places": places[:3]}

    # Memberships

    def _seat(self, human: Human, place: Place) -> None:
        title, post = line_of(self.given, "title", LONGEST_TITLE), post_of(self.given)
        start, end = day_in(self.given, "from", self.terms), day_in(self.given, "to", self.terms, ahead=True)
        if start and end and end < start:
            raise Refused("ends_before", "to")
        present = human.seats.get(place)
        if present is not None and not self._begins_anew(human, present, start, end):
            self._change_seat(human, present, title, post, start, end)
            return
        if human.claimed:
            raise Refused("own_account", "person")
        if present is None and human.id is not None and Kind.MEMBERSHIPS not in self.judge.kinds:
            raise Refused("no_membership", "person")
        if end and end <= self.terms.day and start is None:
            raise Refused("no_first_day", "from")
        seat = Seat(short_id(), start or self.terms.day, end, title, post, is_new=True)
        if human.id is None and not human.seats:
            self.deeds.append(lambda: self._add_seat(human, place, seat))
        else:
            self._make("new_membership", lambda: self._add_seat(human, place, seat))

    def _begins_anew(self, human: Human, present: Seat, start: date | None, end: date | None) -> bool:
        """Whether the row tells of a later membership than the one that is known. Raises Refused where she left."""
        over = present.ends_on is not None and present.ends_on <= self.terms.day
        if not over or (end is not None and end == present.ends_on) or human.claimed:
            return False
        if start is None or present.ends_on is None or start < present.ends_on:
            raise Refused("left", "person")
        return True

    def _add_seat(self, human: Human, place: Place, seat: Seat) -> None:
        human.seats[place] = seat
        self.batch.new_seats.append((human, place, seat))

    def _change_seat(
        self, human: Human, seat: Seat, title: str, post: str | None, start: date | None, end: date | None
    ) -> None:
        """What a person who has come in says of herself stays as it is."""
        if human.claimed or Kind.MEMBERSHIPS not in self.judge.kinds:
            return
        wanted = {"title": title, "post": post, "starts_on": start, "ends_on": end}
        changes = {name: value for name, value in wanted.items() if value and value != getattr(seat, name)}
        if not changes:
            return
        if (end or seat.ends_on or date.max) < (start or seat.starts_on):
            raise Refused("ends_before", "to")
        for name in changes:
            self.said.append(Said("membership_changed", _FIELD_OF[name]))
        self.deeds.append(lambda: self._set_seat(human, seat, changes))

    def _set_seat(self, human: Human, seat: Seat, changes: Mapping[str, Any]) -> None:
        for name, value in changes.items():
            setattr(seat, name, value)
        if not seat.is_new:
            self.batch.changed_seats[seat.public_id] = (human, seat)

    # Completions

    def _completion(self, human: Human) -> None:
        ids = self.world.modules.get(answer_key(self.given["module"]), ())
        if len(ids) != 1:
            raise Refused("several_modules" if ids else "no_module", "module")
        day = day_in(self.given, "day", self.terms)
        if day is None:
            raise Refused("no_completion_day", "day")
        module, moment = self.world.taught[next(iter(ids))], self.judge.moment_of(day)
        version, edition = module.version_on(moment)
        score, language = score_of(self.given), language_in(self.given) or self.terms.language
        if human.completions is None or (module.id, edition) in human.completions:
            return
        made = NewCompletion(human, module.id, version, edition, moment, language, score)
        self._make("new_completion", lambda: self._add_completion(made))

    def _add_completion(self, made: NewCompletion) -> None:
        made.human.complete(made.module_id, made.edition_id)
        self.batch.completions.append(made)

    def _make(self, code: str, deed: Callable[[], Any]) -> None:
        self.makes = True
        self._do(code, deed)

    def _do(self, code: str, deed: Callable[[], Any]) -> None:
        self.said.append(Said(code))
        self.deeds.append(deed)


_FIELD_OF = {"title": "title", "post": "post", "starts_on": "from", "ends_on": "to"}

"""Fills the referral form in by what `referralForm` publishes, and by nothing else: it knows no question by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.development.examples import OPERATIONS
from tests.world.platform import Person

READ = (OPERATIONS / "referrals" / "ReadReferralForm.graphql").read_text(encoding="utf-8")
Form = dict[str, Any]


async def published(who: Person, nation: str = "ENGLAND", version: str | None = None) -> Form:
    """The form of an edition in a nation."""
    payload = (await who.ask(READ, nation=nation, version=version))["referralForm"]
    assert payload["problem"] is None, payload
    form: Form = payload["form"]
    return form


@dataclass
class Filler:
    """Walks a form from its first question to its last. `steer` settles answers by key; others are the first or last
    that may be chosen; questions that may stay open are answered only `thoroughly`."""

    form: Form
    steer: Mapping[str, str] = field(default_factory=dict)
    last: bool = False
    thoroughly: bool = False
    said: dict[str, list[str]] = field(default_factory=dict)

    def filled(self) -> Form:
        """The form as it is sent."""
        while self._walk():
            continue
        return nested({key: self._sent(self.question(key), words) for key, words in self.said.items()})

    def question(self, key: str) -> Form:
        """The question of that key."""
        return next(one for one in questions(self.form) if one["key"] == key)

    def required(self) -> list[str]:
        """The keys that must be answered on this branch."""
        return [
            one["key"]
            for one in questions(self.form)
            if self._holds(one["askedWhen"]) and self._holds(one["requiredWhen"])
        ]

    def _walk(self) -> bool:
        """Once through the form; whether anything was answered or taken back."""
        before = dict(self.said)
        for one in questions(self.form):
            allowed = self._allowed(one)
            wanted = self.thoroughly or one["key"] in self.steer or self._holds(one["requiredWhen"])
            wanted = wanted and one["kind"] != "DOCUMENTS"  # which are added to a draft
            if not self._holds(one["askedWhen"]) or allowed == []:
                self.said.pop(one["key"], None)
            elif one["key"] not in self.said and wanted:
                self.said[one["key"]] = self._answer(one, allowed)
        return self.said != before

    def _allowed(self, one: Form) -> list[str] | None:
        """The only answers that this branch allows; None: no branch says."""
        demands = [set(demand["allows"]) for demand in one["demands"] if self._holds(demand["when"])]
        return sorted(set.intersection(*demands)) if demands else None

    def _answer(self, one: Form, allowed: list[str] | None) -> list[str]:
        choices = [option["value"] for option in one["options"]] or ["true", "false"]
        choices = [choice for choice in choices if allowed is None or choice in allowed]
        if one["key"] in self.steer:
            return [self.steer[one["key"]]]
        if one["kind"] == "SEVERAL_OF" and self.thoroughly:
            return choices
        if one["kind"] in {"YES_NO", "ONE_OF", "SEVERAL_OF"}:
            return [choices[-1 if self.last else 0]]
        return [one["example"]]

    def _holds(self, branches: list[Form]) -> bool:
        return any(all(self._is_true(term) for term in branch["terms"]) for branch in branches)

    def _is_true(self, term: Form) -> bool:
        found = self.said.get(term["key"], [])
        if term["test"] == "IS":
            return bool(set(found) & set(term["values"]))
        return bool(found) is (term["test"] == "GIVEN")

    @staticmethod
    def _sent(one: Form, words: list[str]) -> Any:
        if one["kind"].startswith("SEVERAL"):
            return words
        if one["kind"] == "YES_NO":
            return words[0] == "true"
        return int(words[0]) if one["kind"] == "COUNT" else words[0]


def questions(form: Form) -> Iterator[Form]:
    """Every question in the order of the form."""
    for section in form["sections"]:
        yield from section["questions"]


def nested(answers: Mapping[str, Any]) -> Form:
    """Answers by key as an input has them: `identity.firstName` inside `identity`."""
    found: Form = {}
    for key, value in answers.items():
        group, _, name = key.rpartition(".")
        (found.setdefault(group, {}) if group else found)[name] = value
    return found

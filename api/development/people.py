"""The invented people who may be picked, by agency.

The file is JSON; the slug is the agency's and its provider's:

    {
      "agencies": {"kent-police": {"name": "Kent Police", "about": "Refers, and investigates in its own area."}},
      "people": {
        "kent-police": [
          {"subject": "kent-police-1", "name": "Asha Patel", "role": "Police officer", "about": "Sends referrals."}
        ]
      }
    }

`agencies` gives the names to show, may leave any out, and may give a name alone in place of the object; every `about`
may be left out. `subject` is the `sub` of the ID token, so it must equal the subject that the database knows the
person by. The order in `people` is the order on the page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.development.refusal import DevelopmentProblemError


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    subject: str
    name: str
    role: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency with its own issuer and its own people."""

    slug: str
    name: str
    people: tuple[Person, ...]
    about: str = ""

    def person(self, subject: str) -> Person | None:
        """The person with this subject, of this agency only."""
        return next((person for person in self.people if person.subject == subject), None)


def read_people(path: Path) -> tuple[Agency, ...]:
    """The agencies of a people file."""
    try:
        return agencies_of(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise DevelopmentProblemError(f"The people file {path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DevelopmentProblemError(
            f"The people file {path} has another shape than api/development/people.py describes: {error!r}."
        ) from error


def agencies_of(content: Mapping[str, Mapping[str, object]]) -> tuple[Agency, ...]:
    """The agencies in the content of a people file."""
    known = content.get("agencies", {})
    return tuple(_agency(slug, known.get(slug, slug), people) for slug, people in content["people"].items())


def _agency(slug: str, said: object, people: object) -> Agency:
    words = said if isinstance(said, dict) else {"name": said}
    return Agency(slug=slug, name=str(words["name"]), people=_people(people), about=str(words.get("about", "")))


def _people(listed: object) -> tuple[Person, ...]:
    if not isinstance(listed, list):
        raise TypeError("people of an agency are a list")
    return tuple(
        Person(subject=entry["subject"], name=entry["name"], role=entry["role"], about=entry.get("about", ""))
        for entry in listed
    )

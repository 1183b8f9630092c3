"""Letters as documents: for whoever reads what they tell of, by the same look with the same line."""

from typing import Final
from uuid import UUID

from policies.vocabulary import DataGroup
from services import gate
from services.letters import store
from services.letters.templates import wording
from services.letters.views import LetterView
from services.letters.words import LetterLanguage, LetterWords, Matter
from services.letters.writing import About, Written, filled
from services.tools import Reading

GROUPS: Final = frozenset({DataGroup.DECISIONS, DataGroup.DISQUALIFICATION})
"""What letters tell of."""
OF_DISQUALIFICATION: Final = frozenset({Matter.DISQUALIFIED, Matter.NOT_DISQUALIFIED})


async def of_case(reading: Reading, lookup: str) -> list[LetterView]:
    """Those of a case that the actor may read; empty: none, or no such case."""
    return await _open(reading, lookup)


async def copy(reading: Reading, letter: UUID) -> Written | None:
    """What the authority says in it, in English and whole, for the agencies that may read it."""
    found = await _one(reading, letter)
    return _written(found, found.matter, LetterLanguage.ENGLISH) if found else None


async def to_post(reading: Reading, letter: UUID) -> Written | None:
    """The sheet for the envelope, with the words and in the language that the person wants; None: none is to be
    posted, or there is no such letter for this actor."""
    found = await _one(reading, letter)
    way = await store.to_post(reading, letter) if found else None
    if found is None or way is None:
        return None
    matter = found.matter if way["words"] == LetterWords.WHOLE else Matter.WAITING
    return _written(found, matter, LetterLanguage(way["language"]))


async def _one(reading: Reading, letter: UUID) -> LetterView | None:
    record = await store.where(reading, letter)
    return next(iter(await _open(reading, str(record) if record else "nothing", letter)), None)


async def _open(reading: Reading, lookup: str, wanted: UUID | None = None) -> list[LetterView]:
    """Those of which the permit opens what they tell; to whom one is addressed row security knows alone."""
    admission = (await gate.look(reading, [lookup], GROUPS)).get(lookup)
    if admission is None or DataGroup.DECISIONS not in admission.permit.see:
        return []
    known = admission.permit.see | admission.permit.summary
    letters = await store.read(reading, admission.record_id, wanted)
    return [one for one in letters if one.matter not in OF_DISQUALIFICATION or DataGroup.DISQUALIFICATION in known]


def _written(found: LetterView, matter: Matter, language: LetterLanguage) -> Written:
    about = About(authority=found.authority, reference=found.reference, on_day=found.on_day, until=found.until)
    return filled(wording(matter, language, found.on_day, found.addressee, until=found.until), about)

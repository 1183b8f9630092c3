"""Letters to agencies are given on the platform: a notice says that one waits; its words stand on the case alone."""

from services.letters import store
from services.letters.templates import wording
from services.letters.words import Addressee, LetterLanguage, Matter
from services.tools import Reading


async def give_one_letter(reading: Reading) -> bool:
    """Give the next letter to the agency that it is for, or leave it to the authority; False: none waits."""
    waiting = await store.next_to_agency(reading)
    if waiting is None:
        return False
    to = Addressee(waiting["addressee"])
    if to is not Addressee.PERSON:  # whoever is of age by now is written to themselves
        template = wording(Matter(waiting["matter"]), LetterLanguage.ENGLISH, waiting["on_day"], to)
        await store.give(reading, waiting["id"], template.row)
    return True

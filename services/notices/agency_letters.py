"""Letters to agencies are given on the platform: a notice says that one waits; its words stand on the case alone."""

import logging

from services.letters import store
from services.letters.templates import TemplatesAreWrongError, wording
from services.letters.words import Addressee, LetterLanguage, Matter
from services.tools import Reading

_log = logging.getLogger("concordat.worker")


async def give_one_letter(reading: Reading) -> bool:
    """Give the next letter to the agency that it is for, or leave it to the authority; False: none waits."""
    waiting = await store.next_to_agency(reading)
    if waiting is None:
        return False
    to = Addressee(waiting["addressee"])
    if to is not Addressee.PERSON:  # whoever is of age by now is written to themselves
        try:
            matter, on = Matter(waiting["matter"]), waiting["on_day"]
            template = wording(matter, LetterLanguage.ENGLISH, on, to, until=waiting["until"])
        except TemplatesAreWrongError as problem:
            _log.error("a letter waits: %s", problem)
            await store.end(reading, waiting["id"], None)  # later, and behind the others
            return True
        await store.give(reading, waiting["id"], template.row)
    return True

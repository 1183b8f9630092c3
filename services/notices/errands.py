"""What the worker does beside delivering: the steps that are due, and e-mails. Each is one transaction that can be
killed at any point and is then done again: a notice exists once; an e-mail leaves at least once, always as the same."""

from services.clocks.rules import london_date
from services.notices import worker_store
from services.notices.alert_rules import alert_rule_on
from services.notices.birthday_rules import birthday_rule_on
from services.notices.post import MailRoom, NeverError, NotNowError
from services.notices.rules import STEP_NOTICES, Step
from services.tools import Reading


async def take_due_steps(reading: Reading, most: int) -> int:
    """Chase or escalate what nobody answered in time; how many steps were taken."""
    due = await worker_store.take_steps(reading, most)
    for row in due:
        step = Step(row["step"])
        await worker_store.follow(reading, row["notice_id"], step, STEP_NOTICES[step])
    return len(due)


async def tell_of_refusals(reading: Reading, most: int) -> None:
    """Tell governance officers who of their agency was refused a look."""
    await worker_store.gather_refusals(reading, alert_rule_on(london_date(reading.now)), most)


async def remind_of_actions(reading: Reading, most: int) -> int:
    """Tell whoever follows an action that it is overdue, once for each day it was due on; how many were told."""
    return await worker_store.remind_of_actions(reading, most)


async def warn_of_birthdays(reading: Reading, most: int) -> int:
    """Tell who asks and who waits that somebody turns 18 soon, once; how many birthdays were told of."""
    return await worker_store.warn_of_birthdays(reading, birthday_rule_on(london_date(reading.now)), most)


async def tend_drafts(reading: Reading, most: int) -> int:
    """Warn of drafts of the form that nobody saved for long, and remove those nobody saved in time; how many."""
    return await worker_store.tend_drafts(reading, most)


async def send_one_email(reading: Reading, room: MailRoom) -> bool:
    """Send the next e-mail that waits; False: none does."""
    waiting = await worker_store.next_email(reading)
    if waiting is None:
        return False
    if waiting["address"] is None:
        await worker_store.end_email(reading, waiting["id"], sent=False)
        return True
    try:
        message = room.letterhead.compose(
            str(waiting["id"]), waiting["reference"], waiting["address"], waiting["written_at"]
        )
        await room.post.send(message)
    except NotNowError:
        await worker_store.postpone_email(reading, waiting["id"])
    except (NeverError, ValueError):  # an address that cannot stand in a header is refused for good too
        await worker_store.end_email(reading, waiting["id"], sent=False)
    else:
        await worker_store.end_email(reading, waiting["id"], sent=True)
    return True

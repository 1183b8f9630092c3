"""What readers ask about files: those of a group, one by its id, to attach one and to remove one."""

from collections.abc import Iterator
from urllib.parse import quote

from api.attachment_door import GROUPS
from tests.noninterference.side import Ask
from tests.noninterference.values import KEY, Values

FILES = "files"
KEYS = (KEY, "a-key-that-nobody-used")


def about_files(values: Values, *, only_looks: bool) -> Iterator[Ask]:
    """A list and a download, of things of either world or of nothing; now and then an act."""
    dice = values.dice
    group = f"/cases/{quote(values.an_id('caseId'), safe='')}/attachments/{dice.choice(sorted(GROUPS))}"
    one = f"/attachments/{quote(values.an_id('attachmentId'), safe='')}"
    yield Ask(FILES, method="GET", path=group)
    yield Ask(FILES, method="GET", path=one)
    if not only_looks:
        yield Ask(FILES, b"What was said.", group, "POST", "text/plain", dice.choice(KEYS))
        yield Ask(FILES, b"", one, "DELETE", key=dice.choice(KEYS))

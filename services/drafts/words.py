"""What is done with drafts, as the ledger says it."""

from enum import StrEnum


class DraftAct(StrEnum):
    """One line of the ledger each."""

    SAVE = "draft.save"
    READ = "draft.read"
    SUBMIT = "draft.submit"
    DELETE = "draft.delete"

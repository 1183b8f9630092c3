"""The acts of administration by name; the same strings in the database, in the ledger and here."""

from enum import StrEnum


class Widening(StrEnum):
    """What gives somebody more than before, or changes the law: one proposes, another approves."""

    MEMBER_ADD = "member.add"
    FUNCTION_GIVE = "function.give"
    LEVEL_CHANGE = "level.change"
    TEAM_JOIN = "team.join"
    MACHINE_CLIENT_REGISTER = "machine_client.register"
    MACHINE_KEY_ADD = "machine_key.add"
    END_CANCEL = "end.cancel"
    AGENCY_ONBOARD = "agency.onboard"
    AGENCY_FUNCTION_GIVE = "agency_function.give"
    PROVIDER_REGISTER = "provider.register"
    PROVIDER_CHANGE = "provider.change"
    ADMINISTRATOR_APPOINT = "administrator.appoint"
    REGIME_ROW_ENTER = "regime_row.enter"


class Single(StrEnum):
    """What takes access away, or gives none: one administrator does it at once."""

    FUNCTION_END = "function.end"
    LEVEL_LOWER = "level.lower"
    TEAM_LEAVE = "team.leave"
    AGENCY_FUNCTION_END = "agency_function.end"
    PROVIDER_CLOSE = "provider.close"
    TRAINING_RECORD = "training.record"
    TEAM_CREATE = "team.create"
    PROVIDER_SECRET_SET = "provider_secret.set"  # noqa: S105 - the name of an act, not a secret
    EMAIL_SET = "email.set"
    MACHINE_CLIENT_END = "machine_client.end"
    MACHINE_KEY_RETIRE = "machine_key.retire"


class Deciding(StrEnum):
    """What becomes of a proposal."""

    APPROVE = "proposal.approve"
    DECLINE = "proposal.decline"
    WITHDRAW = "proposal.withdraw"


class OwnAct(StrEnum):
    """What a person does with their own session."""

    ACT_AS = "session.act_as"


OUTCOMES = {Deciding.APPROVE: "approved", Deciding.DECLINE: "declined", Deciding.WITHDRAW: "withdrawn"}

"""What the database says against an act of administration, in words fit to show."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from services.errors import Conflict, Invalid, NotFound, Problem, Refused, WorkProblem

READ_AGAIN: Final = "Read the people and proposals again and decide once more."


def _wrong(path: str, code: str, message: str, remedy: str) -> Invalid:
    return Invalid((Problem(path, code, message, remedy),))


PROBLEMS: Final[Mapping[str, WorkProblem]] = MappingProxyType(
    {
        "unknown": NotFound(),
        "not_an_administrator": Refused(None, "Only an administrator, acting as one, does this."),
        "not_a_platform_administrator": Refused(None, "Only an administrator of the platform does this."),
        "for_yourself": Refused(None, "Nobody administers themselves. Another administrator does it for you."),
        "own_proposal": Refused(None, "Two people are needed: who proposed this may only withdraw it."),
        "stale_sign_in": Refused(None, "Prove again who you are: this needs a sign-in of the last five minutes."),
        "not_yours_today": Refused(None, "You do not have this function today; your viewer says why."),
        "proposer_left": Conflict("PROPOSER_LEFT", "Who proposed this no longer administers.", "Propose it anew."),
        "decided_already": Conflict("DECIDED_ALREADY", "This proposal was decided already.", READ_AGAIN),
        "expired": Conflict("EXPIRED", "This proposal is too old to be decided.", "Propose it anew."),
        "held_already": Conflict("HELD_ALREADY", "This is held already in that time.", READ_AGAIN),
        "added_already": Conflict("ADDED_ALREADY", "This was added already.", READ_AGAIN),
        "administered_already": Conflict(
            "ADMINISTERED_ALREADY", "This agency has two administrators.", "They add everybody else themselves."
        ),
        "not_held": Conflict("NOT_HELD", "There is nothing of this kind to end, change or build on now.", READ_AGAIN),
        "ends_soon": Conflict(
            "ENDS_SOON",
            "This person leaves on a day that is set.",
            "Cancel that end first, which takes two administrators.",
        ),
        "postponed": Conflict(
            "POSTPONED",
            "An earlier end is set, and a later one would give more.",
            "Let two administrators cancel it (cancelEnd), then end on the later day.",
        ),
        "begins_after_the_end": Conflict(
            "BEGINS_AFTER_THE_END", "Something of theirs begins only on or after that day.", "End that first, at once."
        ),
        "no_successor": _wrong(
            "successor",
            "no_successor",
            "Something of theirs in this function would be nobody's; `leaving` says how much, and who can take over.",
            "Name a colleague or a team of this function.",
        ),
        "unfit_successor": _wrong(
            "successor",
            "unfit_successor",
            "Whoever is named does not stay in this function.",
            "Name a colleague who acts in it today, or a team in which somebody else does.",
        ),
        "barred_successor": _wrong(
            "successor",
            "barred_successor",
            "Some of what is theirs cannot go to whoever is named.",
            "Name another colleague, or let the function have an intake team that gets the rest.",
        ),
        "last_in_team": _wrong(
            "teamId",
            "last_in_team",
            "They are the last in this team, it has open work, and nobody works in the function's intake team.",
            "Put a colleague into this team or the intake team first (joinTeam), or assign the work to colleagues.",
        ),
        "work_in_hand": _wrong(
            "accessLevel",
            "work_in_hand",
            "Who administers sees no record, and nobody else would have what is theirs in this function.",
            "Assign it to colleagues first, or let the function have an intake team with somebody else in it.",
        ),
        "incompatible": _wrong(
            "function",
            "incompatible",
            "One person may never hold these two functions together.",
            "Give it to somebody else, or end the other function first.",
        ),
        "not_for_people": _wrong(
            "function", "not_for_people", "This function or level is a machine's.", "Choose one that people have."
        ),
        "not_for_agencies": _wrong(
            "function", "not_for_agencies", "Only the platform itself has this function.", "Choose another function."
        ),
        "agency_has_no_such_function": _wrong(
            "function",
            "agency_has_no_such_function",
            "The agency does not have this function on that day.",
            "Choose one of the agency's functions, or a later day.",
        ),
        "unfit_machine": _wrong(
            "keys",
            "unfit_machine",
            "A machine client has 1 to 3 keys, or tokens of your provider, and lasts two years at most.",
            "Shorten it.",
        ),
        "key_taken": _wrong(
            "keys",
            "key_taken",
            "One of these keys belongs to a machine client already.",
            "Make a pair of keys for this client alone.",
        ),
        "proven_by_provider": _wrong(
            "clientId",
            "proven_by_provider",
            "This client proves itself with tokens of your provider and has no keys here.",
            "Change its keys at the provider.",
        ),
        "platforms_client": _wrong(
            "issuedBy.clientId",
            "platforms_client",
            "This is how people sign in to the platform, and no system.",
            "Let the provider register a client for the system alone.",
        ),
        "issued_client_taken": _wrong(
            "issuedBy.clientId",
            "issued_client_taken",
            "Tokens of this client are another machine client's in that time.",
            "End the other one first, or let the provider register a client for this system alone.",
        ),
        "kid_taken": _wrong(
            "key.jwk", "kid_taken", "This client has or had a key of that name.", "Give the key another kid."
        ),
        "too_many_keys": _wrong(
            "key", "too_many_keys", "This client has three keys that count now or later.", "Retire one of them first."
        ),
        "key_outlives_client": _wrong(
            "key", "dates", "A key lives within its client's dates.", "Correct the days, or leave them out."
        ),
        "no_such_provider": _wrong(
            "provider", "no_such_provider", "The agency has no provider of this name.", "Name one of its own providers."
        ),
        "begins_in_the_past": _wrong(
            "since", "begins_in_the_past", "Nobody had yesterday what is decided today.", "Begin today or later."
        ),
        "begins_too_soon": _wrong(
            "since",
            "begins_too_soon",
            "A rule begins on a day after both of you agreed: what is done today is done by the rules of today.",
            "Propose it for tomorrow or later.",
        ),
        "not_yet": _wrong("on", "not_yet", "This day is still to come.", "Record it once it is completed."),
        "ends_before_it_begins": _wrong(
            "until", "ends_before_it_begins", "The end is not after the beginning.", "Give the first day after the end."
        ),
    }
)


def words(code: str) -> WorkProblem:
    """The problem for the database's code; what is still open stands behind a colon."""
    name, _, detail = code.partition(": ")
    return _open_work(detail) if name == "open_work" else PROBLEMS[name]


def _open_work(counts: str) -> Conflict:
    """Nobody of the agency could go on with it."""
    return Conflict(
        "OPEN_WORK",
        f"Something is still open in this function ({counts}).",
        "End it on a day to come: its people are told, and have until then to close, answer or share what is open.",
    )

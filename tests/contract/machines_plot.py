"""The part of the story in which a force lets a supplier's system in, and ends it."""

import json
from typing import Any

from tests.contract.storyteller import OPERATIONS, Storyteller


async def a_system_is_let_in(teller: Storyteller) -> None:
    """Two administrators are needed to begin, one to end."""
    await teller.at("2026-05-27T09:00+01:00")
    form: dict[str, Any] = json.loads(OPERATIONS["ProposeMachineClient"].variables)["input"]
    form.pop("idempotencyKey")
    made = await teller.do("wyp-5", "ProposeMachineClient", "A supplier's system.", **form)
    wrong = form | {"function": "DECISION_MAKER"}
    await teller.do("wyp-5", "ProposeMachineClient", "A function that the force does not have.", **wrong)
    await teller.do("wyp-1", "ProposeMachineClient", "An officer who administers nobody.", **form)
    teller.placeholders.call("records-system", "<the system's name at the provider>")
    issued = form | {"keys": [], "issuedBy": {"provider": "west-yorkshire-police", "clientId": "records-system"}}
    await teller.do("wyp-5", "ProposeMachineClient", "A system that the force's own provider vouches for.", **issued)
    decided = {"proposalId": made["proposal"]["id"], "decision": "APPROVE"}
    await teller.do("wyp-6", "DecideProposal", "The second administrator lets the system in.", **decided)
    (client,) = await teller.ask("wyp-5", "ListMachineClients", "Not begun yet.")
    teller.placeholders.call(client["clientId"], "<what the records system calls itself>")
    await teller.ask("wyp-1", "ListMachineClients", "An officer who administers nobody.")
    await _its_key_is_rotated(teller, client["id"])
    ending = {"clientId": client["id"], "reason": "The supplier's contract ended."}
    await teller.do("wyp-5", "EndMachineClient", "The contract ended before it began.", **ending)
    await teller.do("lcc-4", "EndMachineClient", "Another agency's system.", **ending)


async def _its_key_is_rotated(teller: Storyteller, client: str) -> None:
    """A further key by two, the old one retired by one."""
    form: dict[str, Any] = json.loads(OPERATIONS["ProposeMachineKey"].variables)["input"] | {"clientId": client}
    form.pop("idempotencyKey")
    made = await teller.do("wyp-5", "ProposeMachineKey", "The next key.", **form)
    await teller.do("lcc-4", "ProposeMachineKey", "A key for another agency's system.", **form)
    await teller.do("wyp-5", "ProposeMachineKey", "A key that is none.", **form | {"key": {"jwk": "{}"}})
    decided = {"proposalId": made["proposal"]["id"], "decision": "APPROVE"}
    await teller.do("wyp-6", "DecideProposal", "The second administrator agrees to the key.", **decided)
    retiring = {"clientId": client, "kid": "key-1", "reason": "The system uses its next key."}
    await teller.do("wyp-6", "RetireMachineKey", "The old key is retired.", **retiring)
    await teller.do("wyp-6", "RetireMachineKey", "It was retired before.", **retiring)

"""Telling people from programs: one port, the built-in proof of work, two hosted services."""

from integration.kernel.bot_checks.base import BotCheck, ChallengedElsewhere, Proof
from integration.kernel.bot_checks.choice import chosen_check
from integration.kernel.bot_checks.hosted import HOSTED, Hosted
from integration.kernel.bot_checks.proof_of_work import ProofOfWork

__all__ = [
    "HOSTED",
    "BotCheck",
    "ChallengedElsewhere",
    "Hosted",
    "Proof",
    "ProofOfWork",
    "chosen_check",
]

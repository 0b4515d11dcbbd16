"""Which bot check an installation has."""

import requests

from integration.kernel.bot_checks.base import BotCheck
from integration.kernel.bot_checks.hosted import HOSTED, Hosted
from integration.kernel.bot_checks.proof_of_work import ProofOfWork
from integration.kernel.crypto import Vault
from integration.kernel.settings import Settings


def chosen_check(settings: Settings, vault: Vault, http: requests.Session) -> BotCheck:
    """Return the hosted service that the settings name with both its keys, else our own."""
    site_key, secret = settings.bot_check_site_key, settings.bot_check_secret
    if settings.bot_check not in HOSTED or site_key is None or secret is None:
        return ProofOfWork(vault, settings.bot_check_effort)
    return Hosted(settings.bot_check, HOSTED[settings.bot_check], site_key, secret, http)

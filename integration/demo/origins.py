"""Where the demo's two shops are: one server, under two names that browsers keep apart."""

from urllib.parse import urlsplit

from integration.kernel.settings import Settings

NAMES = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}


def shop(settings: Settings) -> str:
    """Return the origin of the demo shop, without a trailing slash."""
    url = settings.base_url()
    return url if url.startswith("https://") else settings.loopback_url()


def other(origin: str) -> str:
    """Return the other origin of the same server; the same where it has but one name."""
    parts = urlsplit(origin)
    name = NAMES.get(parts.hostname or "")
    if name is None:
        return origin
    return f"{parts.scheme}://{name}:{parts.port}" if parts.port else f"{parts.scheme}://{name}"


def hosts(*origins: str) -> list[str]:
    """Return the hosts as ``allowedRedirectHosts`` names them, each once."""
    return list(dict.fromkeys(urlsplit(origin).netloc for origin in origins))

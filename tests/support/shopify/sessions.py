"""A way to a stand-in for a session that asks for a shop's real address."""

from requests.adapters import HTTPAdapter


class Adapter(HTTPAdapter):
    """Leads what is meant for a shop's domain to a port of this machine."""

    def __init__(self, domain: str, port: int) -> None:
        super().__init__()
        self.address, self._to = f"https://{domain}", f"http://127.0.0.1:{port}"

    def send(self, request, **kwargs):
        assert request.url.startswith(f"{self.address}/"), request.url
        request.url = request.url.replace(self.address, self._to, 1)
        return super().send(request, **kwargs)

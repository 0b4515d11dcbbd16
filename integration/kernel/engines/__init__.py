"""The embedded engines (design.md, D2): real PostgreSQL and Valkey, from wheels, run by us.

``embedded_urls`` says where they are, the same in every process that knows the data
folder. Whoever runs them claims the folder first and then supervises the services::

    with claim(data_dir) as engines:
        run([*engines.services, ...])
"""

from integration.kernel.engines.claim import Engines, claim
from integration.kernel.engines.places import EngineUrls, embedded_urls

__all__ = ["EngineUrls", "Engines", "claim", "embedded_urls"]

from tests.support.pretix.fixtures import pretix
from tests.support.vendure.fixtures import vendure

__all__ = ["pretix", "vendure"]

from tests.support.vendure.fixtures import vendure

__all__ = ["vendure"]

"""``python -m integration.cli`` is ``fanfare``."""

from integration.cli import main

main()

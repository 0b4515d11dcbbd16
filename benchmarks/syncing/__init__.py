"""How long a shop's products and customers take to arrive, and what memory that takes."""

"""All pages of the demo."""

from integration.demo import checkout, files, paths, shop

BLUEPRINTS = (shop.blp, paths.blp, checkout.blp, files.blp)

"""The Flask application: every door, on one runtime."""

from flask import Flask
from flask_cors import CORS
from flask_smorest import Api
from werkzeug.middleware.proxy_fix import ProxyFix

from integration.api import blueprints
from integration.api.hot_door import HotDoor
from integration.demo.routes import BLUEPRINTS as DEMO
from integration.runtime import Runtime
from integration.web import errors, headers, limits, openapi, refusals, request_ids
from integration.web.answers import OrjsonProvider

LARGEST_BODY = 1 << 20


def create_app(rt: Runtime) -> Flask:
    """Return the WSGI application that serves this runtime."""
    app = Flask("fanfare", static_folder=None)
    app.json = OrjsonProvider(app)
    app.extensions["fanfare"] = rt
    app.config.update(openapi.CONFIG, MAX_CONTENT_LENGTH=LARGEST_BODY)
    app.url_map.strict_slashes = False
    app.before_request(rt.ticker.start)
    request_ids.register(app)
    limits.register(app)
    refusals.register(app)
    headers.register(app)
    CORS(app, resources={r"/api/v1/.*": headers.CORS_RULES})
    api = Api(app, spec_kwargs=openapi.spec(rt.settings.base_url()))
    for blueprint in blueprints():
        api.register_blueprint(blueprint)
    if rt.settings.development:
        for pages in DEMO:
            app.register_blueprint(pages)
    errors.register(app)
    app.wsgi_app = HotDoor(rt, app.wsgi_app)  # type: ignore[method-assign]
    if rt.settings.trusted_proxies:
        hops = rt.settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app

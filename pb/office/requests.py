"""What reaches the application and what is written about it: trusted proxies, and a log without anything personal."""

import logging
import time

from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

LOG = logging.getLogger("pb.requests")


def init_app(app: Flask) -> None:
    """Believe as many proxies as the settings name, and log every request."""
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.before_request(_begin)
    app.after_request(_log)


def _begin() -> None:
    g.began = time.perf_counter()


def _log(response: Response) -> Response:
    """The route's pattern stands for the address: no token, no query, no address of a visitor, no name of a plan."""
    route = request.url_rule.rule if request.url_rule else "-"
    took = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    LOG.info("%s %s %d %.0f ms", request.method, route, response.status_code, took)
    return response

"""Pages that show what somebody chose have one length, whatever they chose: a web server's log has lengths, and so has
whoever looks at an encrypted line. Padding helps only while nobody compresses the page on its way.
"""

from flask import Response

STEP = 16 * 1024
PLANS_A_STEP = 20
"""Room for the title, the price and the number of so many chosen plans, several times over."""
_BEGIN, _END = b"\n<!-- ", b" -->\n"


def padded(response: Response, plans: int) -> Response:
    """The page, filled up to a whole number of steps; a step has room for all `plans` of the ballot."""
    if response.mimetype != "text/html" or response.status_code in range(300, 400):
        return response
    step, content = STEP * -(-max(plans, 1) // PLANS_A_STEP), response.get_data()
    filling = -(len(content) + len(_BEGIN) + len(_END)) % step
    response.set_data(content + _BEGIN + b"." * filling + _END)
    response.headers["Cache-Control"] = "private, no-store, no-transform"
    return response

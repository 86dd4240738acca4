"""The site with the plain views, for the measuring server only."""

from pb import create_app
from pb.measure.plain import add_to

app = add_to(create_app())

"""What happens to the demo as a whole: it is loaded once, and its clock is wound on."""

from pb.demo.acts.load import refuse_elsewhere, start_demo
from pb.demo.acts.wind import wind

__all__ = ["refuse_elsewhere", "start_demo", "wind"]

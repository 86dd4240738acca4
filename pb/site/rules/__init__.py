"""What the site shows when: pure decisions about a round and its moment."""

from pb.site.rules.desk import pages_for, tasks_at
from pb.site.rules.funnel import sieves_of
from pb.site.rules.moment import last_minute, live_round, now_in
from pb.site.rules.tabs import tabs_at
from pb.site.rules.timeline import steps_at

__all__ = ["last_minute", "live_round", "now_in", "pages_for", "sieves_of", "steps_at", "tabs_at", "tasks_at"]

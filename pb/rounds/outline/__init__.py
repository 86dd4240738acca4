"""The outline of a round's area: a GeoJSON file that an organiser uploads, drawn as a small map on the round's page."""

"""The strict reader: sections, headers, counts, ids and numbers must be what they say; the first mistake is named."""

from pb.counting.pabulib.meta import Meta
from pb.counting.pabulib.projects import projects_in
from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.rows import decoded, rows
from pb.counting.pabulib.sections import Sections
from pb.counting.pabulib.values import PabulibFile
from pb.counting.pabulib.votes import votes_in


def read_pabulib(content: bytes) -> PabulibFile:
    """The file in these bytes. Raises `Refused` with one reason, whose facts give line and column."""
    sections = Sections(rows(decoded(content)))
    meta = Meta(list(sections.rows("META")))
    budget, vote_type = meta.budget(), meta.vote_type()
    projects = tuple(projects_in(sections.rows("PROJECTS")))
    votes = tuple(votes_in(sections.rows("VOTES"), {project.id for project in projects}, vote_type))
    meta.check_count("num_projects", FileRefusal.PROJECTS_DIFFER, len(projects))
    meta.check_count("num_votes", FileRefusal.VOTES_DIFFER, len(votes))
    return PabulibFile(meta.values, budget, vote_type, projects, votes)

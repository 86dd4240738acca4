"""What a count on the terminal says: the rule, a table of all plans, and what it came to."""

from collections.abc import Iterator, Sequence

from pb.commands.speech import Speech
from pb.counting.ejr import ejr_failures
from pb.counting.election import Election
from pb.counting.equal_shares import EqualShares, Utility
from pb.counting.ledger import Ledger, Share, Step
from pb.counting.pabulib import PabulibFile, utility_of
from pb.counting.rules import Rule
from pb.counting.summary import summary

LONGEST_NAME = 44


def telling(file: PabulibFile, election: Election, rule: Rule, ledger: Ledger) -> Iterator[str]:
    """The lines, in order."""
    speech = speech_of(file)
    yield from _heading(speech, file, ledger)
    for share in ledger.shares:
        yield _share(speech, share)
    yield ""
    yield from _plans(speech, file, ledger)
    yield ""
    yield speech.say("count.say.total", winners=len(ledger.winners), cost=ledger.cost, left=ledger.left)
    yield from _whole(speech, election, rule_utility(file, rule), ledger)
    yield from _official(speech, file, ledger)


def speech_of(file: PabulibFile) -> Speech:
    """The words for a file."""
    return Speech(file.meta.get("currency", "")[:3])


def rule_utility(file: PabulibFile, rule: Rule) -> Utility:
    """By which EJR+ is judged: the rule's own, or what goes with the ballots."""
    return rule.utility if isinstance(rule, EqualShares) else utility_of(file)


def table(rows: Sequence[Sequence[str]], right: frozenset[int]) -> Iterator[str]:
    """Columns as wide as they need; numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def name_of(file: PabulibFile, plan: str) -> str:
    """The plan's name, short enough for a table."""
    name = next(project.name for project in file.projects if project.id == plan)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _heading(speech: Speech, file: PabulibFile, ledger: Ledger) -> Iterator[str]:
    yield f"{file.meta['description']} · {file.meta['unit']} {file.meta['instance']}"
    yield speech.say("count.say.election", ballots=ledger.ballots, blank=ledger.blank, amount=ledger.money)
    settings = ", ".join(
        f"{name} {value}" for name, value in ledger.settings.items() if value not in (None, [], 0, "0")
    )
    yield speech.say("count.say.rule", rule=ledger.rule, settings=settings)


def _share(speech: Speech, share: Share) -> str:
    return speech.say(
        f"count.end.{share.end.value}",
        first=speech.money(share.first),
        last=speech.money(share.last),
        rises=share.rises,
        step=speech.money(share.unit),
        next=speech.money(share.next_cost or 0),
    )


def _plans(speech: Speech, file: PabulibFile, ledger: Ledger) -> Iterator[str]:
    heads = [speech.say(f"count.say.head.{name}") for name in ("place", "plan", "name", "votes", "cost", "each", "why")]
    rows = [_row(speech, file, step) for step in ledger.steps]
    yield from table([heads, *rows], frozenset({0, 3, 4, 5}))


def _row(speech: Speech, file: PabulibFile, step: Step) -> list[str]:
    each = "" if step.price is None else speech.money(step.price)
    why = speech.say(f"count.why.{step.why.value}")
    return [
        str(step.place),
        step.plan,
        name_of(file, step.plan),
        f"{step.votes:,}",
        speech.money(step.cost),
        each,
        f"{'✓' if step.won else '·'} {why}",
    ]


def _whole(speech: Speech, election: Election, utility: Utility, ledger: Ledger) -> Iterator[str]:
    """What it came to for all voters, and whether it is fair to groups."""
    found = summary(election, ledger)
    percent = f"{100 * found.served / max(found.voters, 1):.1f}"
    yield speech.say("count.say.served", people=found.served, voters=found.voters, percent=percent)
    for key, parts in (("count.say.themes", found.themes), ("count.say.areas", found.areas)):
        if parts:
            yield speech.say(key, parts=", ".join(f"{name} {speech.money(cost)}" for name, cost in parts.items()))
    failures = ", ".join(failure.plan for failure in ejr_failures(election, ledger.winners, utility))
    key = "count.say.ejr_fails" if failures else "count.say.ejr_holds"
    yield speech.say(key, utility=utility.value, plans=failures)


def _official(speech: Speech, file: PabulibFile, ledger: Ledger) -> Iterator[str]:
    """How the outcome is beside the comparison, the awards and the winners of the file."""
    if ledger.comparison:
        key = "count.say.rule_stands" if ledger.comparison.rule_stands else "count.say.most_votes_stands"
        yield speech.say(key, rule=ledger.comparison.for_rule, most_votes=ledger.comparison.for_most_votes)
    if ledger.awards:
        yield speech.say("count.say.awards", plans=", ".join(ledger.awards))
    if file.official is not None:
        ours, theirs = set(ledger.winners), set(file.official)
        only = {"here": ", ".join(sorted(ours - theirs)) or "–", "there": ", ".join(sorted(theirs - ours)) or "–"}
        yield speech.say("count.say.official_same" if ours == theirs else "count.say.official_differs", **only)

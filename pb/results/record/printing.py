"""The record of a count in the words of the request's language."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import format_decimal, gettext, ngettext

from pb.results.record.sheet import WORDS, Part, record_pdf
from pb.results.record.values import CountRecord
from pb.rounds.rules import closing_to_local
from pb.words import day, euros, moment, spoken

Rows = Iterator[tuple[str, str]]


def printed_record(record: CountRecord) -> bytes:
    """The PDF. Nothing in it tells anything of a voter."""
    words = {word: str(gettext(f"record.{word}")) for word in WORDS}
    lead = gettext("record.lead", round=record.round.name, moment=_at(record, record.made_at))
    return record_pdf(words, str(lead), _parts(record), spoken())


def _parts(record: CountRecord) -> list[Part]:
    told = {
        "vote": _vote(record),
        "letters": _letters(record),
        "ballots": _ballots(record),
        "paper": _paper(record),
        "result": _result(record),
        "incidents": _incidents(record),
        "people": _people(record),
    }
    parts = (Part(str(gettext(f"record.{name}")), tuple(rows)) for name, rows in told.items())
    return [part for part in parts if part.rows]


def _vote(record: CountRecord) -> Rows:
    box, zone, head = record.box, record.round.frame.zone, record.log.heads[0].head
    yield _row("opens", _at(record, box.opens))
    yield _row("closes", moment(closing_to_local(box.closes, zone)))
    yield _row("counted", _at(record, record.found.counted_at))
    yield _row("manifest", _broken(box.digest.hex()))
    yield _row("log", gettext("record.log.said", leaves=_number(head.size), root=_broken(head.root.hex())))
    if record.drawn:
        said = gettext("record.drawn.said", moment=_at(record, record.drawn.at), how=record.drawn.how)
        yield _row("drawn", said)
    else:
        yield _row("seed", _broken(record.box.seed))


def _letters(record: CountRecord) -> Rows:
    """Codes as the log counts them, and what came back; nothing where another door than a letter is used."""
    if not record.round.frame.door.takes_codes:
        return
    codes = record.log.codes
    for name in ("issued", "spare", "activated", "revoked"):
        yield _row(name, _number(getattr(codes, name)))
    yield _row("returned", _number(record.desk.returned))
    yield _row("proxies", _number(record.desk.proxies))


def _ballots(record: CountRecord) -> Rows:
    turnout, ledger = record.found.turnout, record.found.ledger
    yield _row("eligible", _number(turnout.eligible))
    yield _row("voted", _number(turnout.voted))
    yield _row("blank", _number(ledger.blank))
    for channel, ballots in record.channels.items():
        yield _row(f"channel.{channel}", _number(ballots))


def _paper(record: CountRecord) -> Rows:
    """Every batch reconciled: in is entered, refused for a reason, and what is open."""
    for count in record.batches:
        refused = ", ".join(
            f"{gettext(f'paper.outcome.{reason}')} {_number(forms)}" for reason, forms in count.refused.items() if forms
        )
        said = gettext(
            "record.batch.said", forms=count.batch.forms, entered=count.entered, refused=count.rejected, open=count.open
        )
        yield str(gettext("paper.batch.title", number=count.batch.number)), f"{said} {refused}".strip()


def _result(record: CountRecord) -> Rows:
    found = record.found
    yield _row("number", str(found.number))
    for place, result in enumerate(found.won, start=1):
        said = ngettext("record.winner.votes", "record.winner.votes", result.step.votes)
        yield f"{place}. {result.title}", f"{said}, {euros(result.step.cost)}"
    yield _row("money", gettext("record.money.said", cost=euros(found.cost), left=euros(found.left)))
    yield _row("lost", _number(len(found.lost)))
    if decision := found.decision:
        kept = decision.decision
        yield _row("decision", gettext("record.decision.said", body=kept.body, number=kept.number, day=day(kept.date)))
    for correction in found.corrections:
        yield _row("corrected", correction.reason)


def _incidents(record: CountRecord) -> Rows:
    """What went otherwise: plans that left the ballot, and every report with its answer."""
    titles = {result.plan.code: result.title for result in record.found.results}
    for code, reason in record.box.withdrawn.items():
        yield _row("withdrawn", f"{titles.get(code, code)}: {reason}")
    for report in record.reports:
        label = gettext("record.report", number=report.number)
        yield str(label), f"{report.subject}: {report.answer}" if report.answered_at else gettext("record.report.waits")
    if not record.box.withdrawn and not record.reports:
        yield _row("none", gettext("record.none"))


def _people(record: CountRecord) -> Rows:
    for role, names in record.people.items():
        if names:
            yield str(gettext(f"role.{role}")), ", ".join(names)


def _row(name: str, said: object) -> tuple[str, str]:
    return str(gettext(f"record.row.{name}")), str(said)


def _broken(text: str) -> str:
    """Long hex in groups of eight signs, so that it fits on its lines and can be read aloud."""
    return " ".join(text[place : place + 8] for place in range(0, len(text), 8))


def _number(count: int) -> str:
    return str(format_decimal(count))


def _at(record: CountRecord, when: datetime) -> str:
    return moment(record.round.frame.local(when))

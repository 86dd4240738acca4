"""Whether what somebody wrote is a plan: a draft needs a title, a plan that is handed in must be whole and affordable."""

from collections.abc import Iterator, Mapping

from pb.base.money import LARGEST, Cents
from pb.base.refusals import Reason
from pb.plans.values import LONGEST, MOST_LINES, VAT_RATES, CostLine, PlanDraft, PlanRefusal
from pb.rounds.values import Frame, PotKind

TEXTS = ("title", "summary", "text", "place", "public_name", "picture_alt")


def asked_of(draft: PlanDraft) -> Cents:
    """What a plan asks from its pot: all cost lines less the own contribution, never below nothing."""
    return max(0, _costs(draft) - draft.own_contribution)


def pot_of(draft: PlanDraft, frame: Frame) -> str:
    """The pot that a plan asks from: the only one, the one of its theme, or the one that the proposer chose."""
    pots = frame.all_pots()
    if len(pots) == 1:
        return pots[0].code
    return draft.theme if frame.pot_kind is PotKind.THEME else draft.pot


def draft_reasons(draft: PlanDraft) -> list[Reason]:
    """Why this cannot be kept as a draft: it may be unfinished, not impossible."""
    reasons = [] if draft.title else [PlanRefusal.TITLE_MISSING(about="title")]
    return [*reasons, *_length_reasons(draft), *_line_reasons(draft.lines), *_amount_reasons(draft)]


def keeping_reasons(draft: PlanDraft, frame: Frame, handing_in: bool) -> list[Reason]:
    """Why this cannot be kept. Whoever hands in something that cannot even be kept hears everything that is missing."""
    reasons = draft_reasons(draft)
    return submission_reasons(draft, frame) if reasons and handing_in else reasons


def submission_reasons(draft: PlanDraft, frame: Frame) -> list[Reason]:
    """Why this cannot be handed in; every reason at once, so that a proposer mends it in one go."""
    return [
        *draft_reasons(draft),
        *_missing_reasons(draft),
        *_place_in_frame_reasons(draft, frame),
        *cost_reasons(draft, frame),
    ]


def cost_reasons(draft: PlanDraft, frame: Frame) -> list[Reason]:
    """Why the money does not fit the frame; said while somebody writes, and when they hand in."""
    asked = asked_of(draft)
    if not draft.lines:
        return [PlanRefusal.NO_COSTS(about="lines")]
    if draft.own_contribution > _costs(draft):
        return [PlanRefusal.CONTRIBUTION_TOO_HIGH(about="own_contribution", cost=_costs(draft))]
    if asked < frame.minimum_cost:
        return [PlanRefusal.COST_TOO_LOW(about="lines", cost=asked, limit=frame.minimum_cost)]
    limit = dearest(draft, frame)
    return [PlanRefusal.COST_TOO_HIGH(about="lines", cost=asked, limit=limit)] if asked > limit else []


def dearest(draft: PlanDraft, frame: Frame) -> Cents:
    """The most that this plan may ask: the frame's maximum, and never more than its pot holds."""
    pots: Mapping[str, Cents] = {pot.code: pot.amount for pot in frame.all_pots()}
    held = pots.get(pot_of(draft, frame), max(pots.values()))
    return min(frame.maximum_cost, held) if frame.maximum_cost else held


def _costs(draft: PlanDraft) -> Cents:
    return sum(line.amount for line in draft.lines)


def _length_reasons(draft: PlanDraft) -> Iterator[Reason]:
    for name in TEXTS:
        if len(getattr(draft, name)) > LONGEST[name]:
            yield PlanRefusal.TOO_LONG(about=name, longest=LONGEST[name])


def _line_reasons(lines: tuple[CostLine, ...]) -> Iterator[Reason]:
    if len(lines) > MOST_LINES:
        yield PlanRefusal.TOO_MANY_LINES(about="lines", most=MOST_LINES)
    for line in lines:
        if not line.what:
            yield PlanRefusal.LINE_WITHOUT_WORDS(about="lines", cost=line.amount)
        if len(line.what) > LONGEST["what"]:
            yield PlanRefusal.TOO_LONG(about="lines", longest=LONGEST["what"])
        if line.vat_percent not in VAT_RATES:
            yield PlanRefusal.VAT_UNKNOWN(about="lines")


def _amount_reasons(draft: PlanDraft) -> Iterator[Reason]:
    amounts = [("lines", line.amount) for line in draft.lines] + [("own_contribution", draft.own_contribution)]
    for name, amount in amounts:
        if amount < 0:
            yield PlanRefusal.AMOUNT_NEGATIVE(about=name)
        if amount > LARGEST:
            yield PlanRefusal.AMOUNT_TOO_LARGE(about=name)


def _missing_reasons(draft: PlanDraft) -> Iterator[Reason]:
    if not draft.summary:
        yield PlanRefusal.SUMMARY_MISSING(about="summary")
    if not draft.text:
        yield PlanRefusal.TEXT_MISSING(about="text")
    if not draft.public_name:
        yield PlanRefusal.NAME_MISSING(about="public_name")
    if draft.picture and not draft.picture_alt:
        yield PlanRefusal.PICTURE_WITHOUT_WORDS(about="picture_alt")
    if any(line.amount == 0 for line in draft.lines):
        yield PlanRefusal.LINE_WITHOUT_AMOUNT(about="lines")


def _place_in_frame_reasons(draft: PlanDraft, frame: Frame) -> Iterator[Reason]:
    if frame.themes and draft.theme not in {theme.code for theme in frame.themes}:
        yield PlanRefusal.THEME_UNKNOWN(about="theme")
    elif pot_of(draft, frame) not in {pot.code for pot in frame.all_pots()}:
        yield PlanRefusal.POT_UNKNOWN(about="pot")

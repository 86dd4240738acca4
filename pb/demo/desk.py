"""A few lines of the desk file of the demo's round, pure: in a real round it lies at the town hall, and never here."""

from pb.base.hashing import credential_of, token_of
from pb.demo.register import VISITOR, code_of, register
from pb.demo.values import DemoState, DeskLine
from pb.roll.issue import SPARE
from pb.rounds.values import WHOLE

PEOPLE, WAITING = 5, 2
"""Letters of people, the visitor's first, and letters that wait."""


def desk_lines(round_: str, state: DemoState) -> tuple[DeskLine, ...]:
    """The lines that a visitor may use, for the round with this public id."""
    letters = [(one.letter, one.name) for one in register().entries[:PEOPLE]]
    letters += [(f"{SPARE}-{WHOLE}-{number}", "") for number in range(1, WAITING + 1)]
    codes = (state.code if letter == str(VISITOR) else code_of(state.seed, letter) for letter, _ in letters)
    return tuple(
        DeskLine(letter, name, credential_of(token_of(round_, code)).hex())
        for (letter, name), code in zip(letters, codes, strict=True)
    )

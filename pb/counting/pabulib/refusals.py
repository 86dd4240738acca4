"""What can be wrong with a Pabulib file, and what whoever counts it should know."""

from pb.base.refusals import Refusal


class FileRefusal(Refusal):
    """Why a file is not taken. Every reason has the facts `line` and `column`, both from 1."""

    TOO_LARGE = "pabulib.too_large"
    NOT_UTF8 = "pabulib.not_utf8"
    STRANGE_SIGN = "pabulib.strange_sign"
    QUOTE_OPEN = "pabulib.quote_open"
    QUOTE_WRONG = "pabulib.quote_wrong"
    FIELD_TOO_LONG = "pabulib.field_too_long"
    TOO_MANY_FIELDS = "pabulib.too_many_fields"
    SECTION_MISSING = "pabulib.section_missing"
    SECTION_ORDER = "pabulib.section_order"
    HEADER_WRONG = "pabulib.header_wrong"
    COLUMN_TWICE = "pabulib.column_twice"
    COLUMN_MISSING = "pabulib.column_missing"
    FIELDS_WRONG = "pabulib.fields_wrong"
    KEY_TWICE = "pabulib.key_twice"
    KEY_MISSING = "pabulib.key_missing"
    NOT_A_NUMBER = "pabulib.not_a_number"
    NOT_AN_AMOUNT = "pabulib.not_an_amount"
    VOTE_TYPE_UNKNOWN = "pabulib.vote_type_unknown"
    PROJECTS_DIFFER = "pabulib.projects_differ"
    VOTES_DIFFER = "pabulib.votes_differ"
    PROJECT_EMPTY = "pabulib.project_empty"
    PROJECT_TWICE = "pabulib.project_twice"
    SELECTED_WRONG = "pabulib.selected_wrong"
    VOTER_EMPTY = "pabulib.voter_empty"
    VOTER_TWICE = "pabulib.voter_twice"
    CHOICE_UNKNOWN = "pabulib.choice_unknown"
    CHOICE_EMPTY = "pabulib.choice_empty"
    POINTS_DIFFER = "pabulib.points_differ"
    MORE_THAN_ONE = "pabulib.more_than_one"
    NEGATIVE = "pabulib.negative"
    LISTS_DIFFER = "pabulib.lists_differ"


class FileWarning(Refusal):
    """What a file that is taken says and does not keep."""

    BEYOND_LIMIT = "pabulib.beyond_limit"
    VOTES_OTHERWISE = "pabulib.votes_otherwise"
    CAPS_LEFT_OUT = "pabulib.caps_left_out"

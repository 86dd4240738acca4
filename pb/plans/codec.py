"""What somebody wrote before signing in, as plain JSON and back: pure. It waits with the sign-in until that is confirmed."""

from typing import Any

import cattrs

from pb.plans.values import PlanDraft

_converter = cattrs.Converter(forbid_extra_keys=True)


def draft_to_json(draft: PlanDraft) -> dict[str, Any]:
    """Plain values; amounts in cents."""
    plain: dict[str, Any] = _converter.unstructure(draft)
    return plain


def draft_from_json(plain: dict[str, Any]) -> PlanDraft:
    """The draft again. Raises `cattrs.BaseValidationError` for JSON that was not written by `draft_to_json`."""
    return _converter.structure(plain, PlanDraft)

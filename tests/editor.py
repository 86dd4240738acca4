"""Fields of the frame's editor as a browser sends them."""


def phase_fields(kind: str, opens: tuple[str, str], closes: tuple[str, str]) -> dict[str, str]:
    parts = {"opens_day": opens[0], "opens_hour": opens[1], "closes_day": closes[0], "closes_hour": closes[1]}
    return {f"{kind}-{name}": value for name, value in parts.items()}


MONEY = {
    "total": "30.000", "pot_kind": "whole", "minimum_cost": "1", "maximum_cost": "€ 30.000,00", "payment": "order",
}  # fmt: skip
PLACE = {
    "name": "Alphen Centrum Begroot 2020", "area": "het centrum", "postcodes": "2405 ; 2406ab,, 2405", "minimum_age": "12",
    "proposers": "residents", "reference_date": "2020-05-01",
}  # fmt: skip
VOTE = {
    "selection_when": "always", "selection_by": "committee", "places": "12", "ballot": "up_to", "at_most": "5",
    "at_least": "2", "paper_days": "3", "report_days": "14", "openings": "auditor",
}  # fmt: skip
COUNT = {
    "rule": "most-votes", "misfit": "stop", "tie": "lot", "lot": "seed", "utility": "cost", "completion": "add1", "step": "1",
    "least_share": "2,5",
}  # fmt: skip
CALENDAR_FIELDS = (
    phase_fields("propose", ("2020-02-01", "10:00"), ("2020-03-15", "23:59"))
    | phase_fields("support", ("16-03-2020", "00:00"), ("05-04-2020", "23:59"))
    | phase_fields("assess", ("", ""), ("", ""))
    | phase_fields("select", ("2020-05-01", "10:00"), ("2020-05-15", "10:00"))
    | phase_fields("vote", ("2020-05-27", "10:00"), ("2020-06-28", "23:59"))
    | {"result": "2020-07-03", "result_hour": "10:00", "delivered_by": "2021-07-03"}
)

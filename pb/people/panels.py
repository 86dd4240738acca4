"""What other rooms show on a person's own page: a registry of functions, pure.

    @panel
    def my_plans(person_id: int) -> str:
        return render_template("plans/my_plans.html", plans=plans_of(person_id))

A panel's template is a `<section>` that begins with an `h2`; an empty text shows nothing.
"""

from collections.abc import Callable

Panel = Callable[[int], str]
PANELS: list[Panel] = []


def panel(function: Panel) -> Panel:
    """Show what this function renders for a person on `/mijn`, in the order in which rooms open."""
    PANELS.append(function)
    return function

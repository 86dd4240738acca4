"""How fast the site is: clients that drive a throw-away site of real processes over HTTP, and a plain view to compare with."""

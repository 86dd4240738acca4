"""Other doors than a letter's code: a sign-in with a broker, and a confirmed e-mail address."""

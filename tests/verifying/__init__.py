"""The two verifiers against the tamper suite, against each other and against the rules of counting. Part of `make test`."""

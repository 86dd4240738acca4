"""A result that is corrected after it was made public: a new version, by two people, and the old one stays readable."""

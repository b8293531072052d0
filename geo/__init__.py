"""The atlas of alleged stations: a ledger of public claims and answers, and its views."""

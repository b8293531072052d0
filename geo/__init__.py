"""The atlas of alleged stations: a ledger of public claims and answers, and its views."""

#: of the software, by Semantic Versioning; the ledger's version is another (`Dataset.version`)
__version__ = "1.0.0"

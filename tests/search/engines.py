"""The engines a contract is kept by: those whose URLs are given."""

from tests.search.meili_server import MEILI

ENGINES = {"file": "sqlite:///{folder}/search.db", "memory": "sqlite:///:memory:"}
ENGINES |= {"meili": MEILI} if MEILI else {}

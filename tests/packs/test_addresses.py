"""``rules/addresses.yaml`` lists every address the calls stand on, when it was read, and a checksum of its words.

So a later reader can tell whether a page changed, or whether the clauses use other words of it than before.
"""

from __future__ import annotations

import re

from tests.packs.addresses import NOT_KNOWN, addresses, listed


def test_the_list_has_every_address_with_the_checksum_of_its_words() -> None:
    found = {url: {"sources": entry["sources"], "words": entry["words"]} for url, entry in listed().items()}

    assert found == addresses(), "compare the pages with the clauses, then run: python -m tests.packs.addresses"


def test_each_address_says_when_it_was_read_or_that_this_is_not_known() -> None:
    for url, entry in listed().items():
        assert entry["read"] == NOT_KNOWN or re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", str(entry["read"])), url

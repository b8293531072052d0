"""The endpoints of the feeds, in one table."""

from __future__ import annotations

from geo.api.endpoint import ATOM, Endpoint
from geo.wording import N_

#: parameter of the pages of a feed, and the most of them
PAGE, MOST_PAGES = "page", 999

ENTERED_FEED = Endpoint(
    path="/feeds/events.atom",
    title=N_("What was entered and changed in a selection as a feed"),
    words=N_(
        "Atom (RFC 4287): records and events by the day on which they were entered or changed "
        "last, so that a follower also gets what was said long ago and is entered now. All of "
        "the last 30 days, at least 50 and at most 200 entries; older ones are on further pages "
        "(rel=next, RFC 5005). Add a view’s filters to the address to follow that view."
    ),
    media_type=ATOM,
    example="country=NL",
)
COUNTRY_ENTERED = Endpoint(
    path="/feeds/{country}/events.atom",
    title=N_("What was entered and changed about one country as a feed"),
    words=N_("The same for one country, by its code; other filters may be added."),
    media_type=ATOM,
)
RECORD_FEED = Endpoint(
    path="/feeds/records/{record}.atom",
    title=N_("What was entered and changed about one record as a feed"),
    words=N_(
        "The record, the events about it, and the answers of its country as a whole. A record "
        "that was withdrawn gets 410 or 404, as its page does."
    ),
    media_type=ATOM,
    takes="ledger",
)
SAID_FEED = Endpoint(
    path="/feeds/said.atom",
    title=N_("The latest events of a selection, by the day said, as a feed"),
    words=N_(
        "The newest 50 events by the date they were said. What was said earlier and is entered "
        "now is not in it: to miss nothing, follow /feeds/events.atom."
    ),
    media_type=ATOM,
    example="country=NL",
)
COUNTRY_SAID = Endpoint(
    path="/feeds/{country}/said.atom",
    title=N_("The latest events of one country, by the day said, as a feed"),
    words=N_("The same for one country, by its code; other filters may be added."),
    media_type=ATOM,
)
CORRECTIONS_FEED = Endpoint(
    path="/feeds/corrections.atom",
    title=N_("The register of corrections as a feed"),
    words=N_(
        "What changed between releases: row, field, before, after and reason. Withheld "
        "content is not repeated."
    ),
    media_type=ATOM,
    takes="ledger",
)
COUNTRY_CORRECTIONS = Endpoint(
    path="/feeds/{country}/corrections.atom",
    title=N_("The corrections that concern one country as a feed"),
    words=N_("The same for one country by its code."),
    media_type=ATOM,
    takes="ledger",
)
FEEDS = (
    ENTERED_FEED,
    COUNTRY_ENTERED,
    RECORD_FEED,
    SAID_FEED,
    COUNTRY_SAID,
    CORRECTIONS_FEED,
    COUNTRY_CORRECTIONS,
)
#: those that have several pages
ENTERED_FEEDS = (ENTERED_FEED, COUNTRY_ENTERED, RECORD_FEED)

"""Draws registers of badges, and what may stand in a file of them."""

from __future__ import annotations

from hypothesis import strategies as st

from core.badges.comment import badge_comment
from core.badges.csv_file import TITLES, file_of
from core.values.badges import Badge

NASTY = st.sampled_from(
    (
        *("=1+1", "@SUM(A1)", "+49", "-2", "'=x", "''=x", "'", '"', '";"', ",;\t"),
        *("\x1b[2J", "a\r\nb", "\u202eabc", "[b]x[/b]", "Seal", "1,AABBCC,User,"),
    )
)
TEXTS = st.text(max_size=30)
COMMENTS = st.builds(lambda a, b: badge_comment((a + b)[:50]), NASTY | st.just(""), TEXTS)
UIDS = st.binary(min_size=3, max_size=10).map(lambda uid: uid.hex().upper())
BADGES = st.builds(
    Badge,
    number=st.integers(1, 999_999_999),
    uid=UIDS,
    type=st.sampled_from(("user", "vip", "admin")),
    comment=COMMENTS,
)
REGISTERS = st.lists(
    BADGES, max_size=12, unique_by=(lambda badge: badge.number, lambda badge: badge.uid)
).map(tuple)
FILES = (
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.text(st.sampled_from(",;\t\r\n\"'=0AFUserVIPSeal \x00"), max_size=120).map(
        lambda text: f"{','.join(TITLES)}\r\n{text}".encode()
    )
    | st.builds(lambda badges, cut: file_of(badges)[:cut], REGISTERS, st.integers(0, 500))
)
"""Any bytes, more or less like a file of badges."""

"""Currencies other than the euro, by the words and signs people write for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["other_currency"]

_IN_USE = """
aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf chf clp
cny cop crc cup cve czk djf dkk dop dzd egp ern etb fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd hnl htg huf idr ils
inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd mad mdl mga mkd mmk mnt mop
mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr
sdg sek sgd shp sle sos srd ssp stn svc syp szl thb tjs tmt tnd top try ttd twd tzs uah ugx usd uyu uzs ves vnd vuv
wst xaf xcd xof xpf yer zar zmw
"""
_NAMES = """
dollar dollars pound pounds franc francs lei leu zloty
hryvnia lira dinar dinars dirham rouble rupee yen
"""

_CODES = frozenset(_IN_USE.split())
"""The codes of ISO 4217 that are in use, the euro aside."""
_WORDS = frozenset(_NAMES.split())


def other_currency(words: Iterable[str]) -> str | None:
    """The first of these words (in small letters) that names a currency other than the euro, as messages write it."""
    for word in words:
        if word in _CODES:
            return word.upper()
        if word in _WORDS or (len(word) == 1 and unicodedata.category(word) == "Sc"):
            return word
    return None

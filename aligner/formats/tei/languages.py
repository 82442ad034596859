"""English names of languages, for people who open the header."""

from __future__ import annotations

_TABLE = """
af=Afrikaans am=Amharic ar=Arabic az=Azerbaijani ba=Bashkir be=Belarusian bg=Bulgarian
bn=Bengali bo=Tibetan br=Breton bs=Bosnian ca=Catalan cs=Czech cv=Chuvash cy=Welsh da=Danish
de=German el=Greek en=English eo=Esperanto es=Spanish et=Estonian eu=Basque fa=Persian
fi=Finnish fr=French ga=Irish gl=Galician grc=Ancient_Greek gu=Gujarati he=Hebrew hi=Hindi
hr=Croatian hu=Hungarian hy=Armenian id=Indonesian is=Icelandic it=Italian ja=Japanese
ka=Georgian kaa=Karakalpak kk=Kazakh km=Khmer ko=Korean ku=Kurdish ky=Kyrgyz la=Latin lo=Lao
lt=Lithuanian lv=Latvian mk=Macedonian ml=Malayalam mn=Mongolian mr=Marathi ms=Malay mt=Maltese
mul=several_languages my=Burmese ne=Nepali nl=Dutch nn=Norwegian_Nynorsk no=Norwegian
nb=Norwegian_Bokmal pa=Punjabi pl=Polish ps=Pashto pt=Portuguese ro=Romanian ru=Russian
sa=Sanskrit si=Sinhala sk=Slovak sl=Slovenian sq=Albanian sr=Serbian sv=Swedish sw=Swahili
ta=Tamil te=Telugu tg=Tajik th=Thai tk=Turkmen tr=Turkish tt=Tatar ug=Uyghur uk=Ukrainian
und=not_determined ur=Urdu uz=Uzbek vi=Vietnamese yi=Yiddish zh=Chinese zxx=no_language
"""

_NAMES = dict(pair.replace("_", " ").split("=") for pair in _TABLE.split())

_SCRIPTS = {
    "latn": "Latin script",
    "cyrl": "Cyrillic script",
    "arab": "Arabic script",
    "hans": "simplified characters",
    "hant": "traditional characters",
    "deva": "Devanagari script",
}


def language_name(tag: str) -> str:
    """``Uzbek, Latin script`` for ``uz-Latn``; the tag itself where no name is known."""
    first, *more = tag.lower().split("-")
    if first not in _NAMES:
        return tag
    scripts = [_SCRIPTS[part] for part in more if part in _SCRIPTS]
    return ", ".join([_NAMES[first], *scripts])

"""Names of languages as people write them in file names: codes, English and own names."""

from __future__ import annotations

_CODES = (
    "aa ab af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de"
    " dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz"
    " ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li"
    " ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os"
    " pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te"
    " tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_TWO = frozenset(_CODES.split())

_ROWS = """
af afr afrikaans
sq sqi alb albanian shqip
ar ara arabic العربية عربي
hy hye arm armenian հայերեն
az aze azerbaijani azeri azərbaycan azərbaycanca azerbaycan азербайджанский
ba bak bashkir башҡорт
eu eus baq basque euskara
be bel belarusian беларуская
bn ben bengali বাংলা
bg bul bulgarian български
ca cat catalan català
zh zho chi chinese 中文 汉语 漢語
hr hrv croatian hrvatski
cs ces cze czech čeština česky
da dan danish dansk
nl nld dut dutch nederlands
en eng english английский ingilizcə ingliz
eo epo esperanto
et est estonian eesti
fi fin finnish suomi
fr fra fre french français francais
gl glg galician galego
ka kat geo georgian ქართული
de deu ger german deutsch немецкий
el ell gre greek ελληνικά
grc ancientgreek
he heb hebrew עברית
hi hin hindi हिन्दी
hu hun hungarian magyar
is isl ice icelandic íslenska
id ind indonesian indonesia
ga gle irish gaeilge
it ita italian italiano
ja jpn japanese 日本語
kk kaz kazakh қазақ қазақша казахский
ko kor korean 한국어
ky kir kyrgyz кыргыз кыргызча
la lat latin latina
lv lav latvian latviešu
lt lit lithuanian lietuvių
mk mkd mac macedonian македонски
mn mon mongolian монгол
nb nob bokmål
nn nno nynorsk
no nor norwegian norsk
fa fas per persian farsi فارسی
pl pol polish polski
pt por portuguese português portugues
ro ron rum romanian română
ru rus russian русский рус
sa san sanskrit
sr srp serbian српски srpski
sk slk slo slovak slovenčina
sl slv slovene slovenian slovenščina
es spa spanish español espanol
sv swe swedish svenska
tg tgk tajik тоҷикӣ
tt tat tatar татар татарча
th tha thai ไทย
tr tur turkish türkçe turkce
tk tuk turkmen türkmen
uk ukr ukrainian українська
ur urd urdu اردو
ug uig uyghur
uz uzb uzbek oʻzbek o'zbek ozbek oʻzbekcha ozbekcha ўзбек узбекский
vi vie vietnamese
cy cym wel welsh cymraeg
"""

_NAMES = {name: row.split()[0] for row in _ROWS.strip().splitlines() for name in row.split()}
_SCRIPTS = {"latn", "cyrl", "arab", "hans", "hant", "grek", "hebr", "deva"}


def tag_of(word: str, second: str = "") -> str | None:
    """The BCP 47 tag that a word of a file name stands for, or None.

    ``second`` is the word after it, for tags of two parts (``uz-Cyrl``, ``pt-BR``).
    """
    folded = word.casefold()
    tag = folded if folded in _TWO else _NAMES.get(folded)
    if tag is None or not second:
        return tag
    if second.casefold() in _SCRIPTS:
        return f"{tag}-{second.capitalize()}"
    if len(second) == 2 and second.isascii() and second.isupper() and word.islower():
        return f"{tag}-{second}"
    return None

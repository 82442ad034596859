"""Labels: the short words that announce what follows (Abstract, Keywords:), told by their form."""

from __future__ import annotations

import re

_TERMS = re.compile(r"[^.!?。！？]{2,80}(?:[,;،、，；·•][^.!?。！？,;]{2,80}){2,}[.。]?\s*")
# A label that stands in the line of its text, without any mark: only these words are taken.
_WORDS = (
    "abstract|annotation|summary|key ?words|index terms|introduction|conclusions?|references|"
    "аннотация|резюме|реферат|ключевые слова|введение|заключение|литература|"
    "annotatsiya|rezyume|kalit so[ʻʼ'‘’`]?z(?:lar)?|tayanch so[ʻʼ'‘’`]?z(?:lar)?(?: va iboralar)?|"
    "kirish|xulosa|аннотация|калит сўз(?:лар)?|таянч сўз(?:лар)?|кириш|хулоса|"
    "xülasə|açar sözlər?|giriş|nəticə|ədəbiyyat|annotasiya|"
    "özet?|öz|anahtar (?:kelimeler|sözcükler)|sonuç|"
    "түйіндеме|аңдатпа|кілт(?:тік)? сөздер|түйін сөздер|кіріспе|қорытынды|"
    "аннотациясы|корутунду|ачкыч сөздөр|негизги сөздөр|өзөктүү сөздөр|"
    "аннотатсия|калидвожаҳо|вожаҳои калидӣ|annotasiýa|açar sözler|"
    "анотація|ключові слова|вступ|висновки|анатацыя|ключавыя словы|"
    "zusammenfassung|schlüsselwörter|schlagwörter|schlagworte|stichwörter|einleitung|"
    "résumé|mots[- ]clés|resumen|palabras claves?|resumo|palavras[- ]chaves?|"
    "riassunto|sommario|parole chiave|rezumat|cuvinte[- ]cheie|"
    "streszczenie|abstrakt|słowa kluczowe|abstrakt|klíčová slova|kľúčové slová|"
    "összefoglalás|absztrakt|kulcsszavak|sažetak|ključne r(?:ij)?eči|ключне речи|сажетак|"
    "samenvatting|trefwoorden|sammanfattning|nyckelord|sammendrag|nøkkelord|nøgleord|"
    "tiivistelmä|avainsanat|annotatsioon|võtmesõnad|santrauka|raktiniai žodžiai|"
    "kopsavilkums|atslēgvārdi|περίληψη|λέξεις[- ]κλειδιά|резюме|ключови думи|"
    "abstrak|kata kunci|tóm tắt|từ khóa|"
    "چکیده|کلیدواژه‌?ها|واژگان کلیدی|ملخص|الملخص|الكلمات المفتاحية|كلمات مفتاحية|"
    "摘要|关键词|關鍵詞|要旨|キーワード|초록|주제어|"
    "תקציר|מילות מפתח|სიტყვები|რეზიუმე|საკვანძო სიტყვები"
)
_RUN_IN = re.compile(
    rf"(?:{_WORDS})(?:\s*[/|]\s*(?:{_WORDS}))*\s*(?:[:：]|\.(?=\s+\S)|\s[–—-](?=\s))", re.IGNORECASE
)
_ALONE = re.compile(r"[^\W\d_][^.!?;,。！？\n]{0,38}[:：]?")
_HEADLINE = 220


def alone(text: str) -> bool:
    """Whether a whole block has the form of a label: one to four words, no stop, perhaps a colon.

    Whether it is one depends on what follows; the caller looks.
    """
    text = text.strip()
    return bool(_ALONE.fullmatch(text)) and len(text.split()) <= 4


def run_in(text: str) -> int:
    """The length of the label that a paragraph starts with, its colon included; 0 if none."""
    match = _RUN_IN.match(text)
    return match.end() if match else 0


def is_terms(text: str) -> bool:
    """Whether a text is a list of terms, as after «Keywords:», and no sentence."""
    return len(text) < 2_000 and bool(_TERMS.fullmatch(text.strip()))


def capitals(text: str) -> bool:
    """Whether a block has the form of a headline in capitals (scripts that have them)."""
    if len(text) > _HEADLINE:
        return False
    upper = sum(1 for c in text if c.isupper())
    lower = sum(1 for c in text if c.islower())
    return upper >= 6 and upper >= 9 * lower and len(text.split()) >= 2

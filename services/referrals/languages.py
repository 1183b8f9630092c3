"""Languages an interpreter is asked for by name; a closed list, so that a typed answer can be told from a language."""

_NAMES = """
Acholi, Afrikaans, Akan, Albanian, Amharic, Arabic, Armenian, Assamese, Assyrian, Azerbaijani, Bambara, Basque,
Belarusian, Bemba, Bengali, Berber, Bosnian, British Sign Language, Bulgarian, Burmese, Cantonese, Catalan, Cebuano,
Chechen, Chinese, Croatian, Czech, Danish, Dari, Dinka, Dutch, Edo, English, Estonian, Ewe, Farsi, Fijian, Filipino,
Finnish, Flemish, French, Fula, Fuzhounese, Ga, Gaelic, Galician, Georgian, German, Greek, Gujarati, Haitian Creole,
Hakka, Hausa, Hebrew, Hindi, Hmong, Hungarian, Ibo, Icelandic, Igbo, Ilocano, Indonesian, Irish, Irish Sign Language,
Italian, Jamaican Patois, Japanese, Javanese, Kannada, Kashmiri, Kazakh, Khmer, Kikongo, Kikuyu, Kinyarwanda, Kirundi,
Korean, Krio, Kurdish, Kurdish Bahdini, Kurdish Kurmanji, Kurdish Sorani, Kyrgyz, Lao, Latvian, Lingala, Lithuanian,
Luganda, Luo, Macedonian, Makaton, Malagasy, Malay, Malayalam, Maltese, Mandarin, Mandinka, Marathi, Mirpuri,
Moldovan, Mongolian, Ndebele, Nepali, Norwegian, Nuer, Oromo, Pahari, Pashto, Persian, Polish, Portuguese,
Portuguese Brazilian, Pothwari, Punjabi, Quechua, Rohingya, Romani, Romanian, Russian, Samoan, Saraiki, Serbian,
Sesotho, Setswana, Shona, Sindhi, Sinhala, Slovak, Slovenian, Somali, Soninke, Spanish, Sudanese Arabic, Susu, Swahili,
Swedish, Sylheti, Tagalog, Taiwanese, Tajik, Tamil, Tatar, Telugu, Thai, Tibetan, Tigre, Tigrinya, Tongan, Tswana,
Turkish, Turkmen, Twi, Uighur, Ukrainian, Urdu, Urhobo, Uzbek, Vietnamese, Welsh, Wolof, Xhosa, Yiddish, Yoruba, Zulu
"""
LANGUAGES = tuple(" ".join(name.split()) for name in _NAMES.split(","))
_BY_TYPED = {name.casefold(): name for name in LANGUAGES}


def language(typed: str | None) -> str | None:
    """The language, if the answer names one and says nothing else."""
    return _BY_TYPED.get(" ".join((typed or "").split()).casefold())

"""What the test model understands: the words of a small hotline menu in Mandarin and English."""

# Mandarin is spoken from pinyin with tone numbers: espeak-ng's own reading of characters has wrong tones.
MANDARIN = {
    "零": "ling2", "一": "yi1", "二": "er4", "三": "san1", "四": "si4", "五": "wu3", "六": "liu4",
    "七": "qi1", "八": "ba1", "九": "jiu3", "幺": "yao1",
    "是": "shi4", "不是": "bu2 shi4", "投诉": "tou2 su4", "咨询": "zi1 xun2", "人工": "ren2 gong1",
    "酒店": "jiu3 dian4", "景点": "jing3 dian3", "门票": "men2 piao4", "天气": "tian1 qi4",
    "交通": "jiao1 tong1", "英语": "ying1 yu3", "普通话": "pu3 tong1 hua4", "重复": "chong2 fu4",
    "返回": "fan3 hui2",
}  # fmt: skip

ENGLISH = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "yes", "no", "complaint", "agent", "hotel", "ticket", "weather", "traffic", "english", "repeat", "back",
]  # fmt: skip

# Words nobody is asked for: they teach the model what is none of the above, `[unk]` in Vosk's convention.
OTHER_MANDARIN = [
    "jin1 tian1", "wo3 xiang3", "dian4 hua4", "xie4 xie5", "huo3 che1", "fei1 ji1", "chi1 fan4", "shang4 hai3",
    "bei3 jing1", "qing3 wen4", "yi1 yuan4", "shou3 ji1", "mei2 you3", "zen3 me5 zou3",
]  # fmt: skip
OTHER_ENGLISH = [
    "morning", "please", "window", "table", "summer", "garden", "problem", "family", "tomorrow", "restaurant",
    "computer", "thank you", "of course", "maybe later",
]  # fmt: skip

DIGITS_MANDARIN = list(MANDARIN)[:11]
DIGITS_ENGLISH = ENGLISH[:10]

UNKNOWN = "[unk]"
WORDS = [*MANDARIN, *ENGLISH, UNKNOWN]

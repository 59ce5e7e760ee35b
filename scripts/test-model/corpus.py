"""Clips spoken by espeak-ng in many voices, speeds and pitches: single words, and digits one after the other, which
sound different from single ones. 8 kHz, as float arrays."""

import io
import random
import subprocess
import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from vocabulary import DIGITS_ENGLISH, DIGITS_MANDARIN, ENGLISH, MANDARIN, OTHER_ENGLISH, OTHER_MANDARIN, UNKNOWN, WORDS

RATE = 8000
# Debian's voice `cmn` reads pinyin letters in English; `cmn-latn-pinyin` is the right one
MANDARIN_BASE = ["cmn-latn-pinyin"]
ENGLISH_BASES = ["en-us", "en-us", "en-gb", "en-gb-x-rp", "en-029"]
# the plain voice is what tests speak with: it comes often
TRAINING_VOICES = [
    "", "", "", "+m1", "+m2", "+m3", "+m4", "+m5", "+m7", "+m8", "+f1", "+f2", "+f4", "+f5", "+Andy", "+Annie",
    "+belinda", "+david", "+ed", "+linda", "+michael", "+steph", "+klatt", "+klatt3", "+max", "+adam", "+paul", "+travis",
]  # fmt: skip
HELD_OUT_VOICES = ["+m6", "+f3", "+Mike", "+anika", "+john"]
SPEEDS = (110, 140, 175, 200)
PITCHES = (25, 40, 50, 65, 80)


# a telephone number comes in groups of this many
DIGITS_TOGETHER = (2, 5)
DIGIT_CLIPS_PER_VOICE = 12


@dataclass
class Clip:
    words: list[int]
    samples: np.ndarray


def corpus(seed: int = 1, workers: int = 2) -> tuple[list[Clip], list[Clip]]:
    """Training clips, and clips of voices that were held out."""
    random.seed(seed)
    training, held_out = _digits(), []
    for text, label, bases in _texts():
        # the other words share one label, so each of them needs fewer clips
        pitches = 1 if label == UNKNOWN else 2
        for voice in TRAINING_VOICES:
            for speed in random.sample(SPEEDS, 3):
                for pitch in random.sample(PITCHES, pitches):
                    training.append((text, [label], random.choice(bases) + voice, speed, pitch))
        for voice in HELD_OUT_VOICES:
            for speed in (125, 160):
                held_out.append((text, [label], random.choice(bases) + voice, speed, random.choice((35, 55, 70))))
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(_speak, training)), list(pool.map(_speak, held_out))


def _digits():
    orders = []
    for voice in TRAINING_VOICES:
        for digits, bases in ((DIGITS_MANDARIN, MANDARIN_BASE), (DIGITS_ENGLISH, ENGLISH_BASES)):
            for _ in range(DIGIT_CLIPS_PER_VOICE):
                chosen = random.choices(digits, k=random.randint(*DIGITS_TOGETHER))
                text = " ".join(MANDARIN.get(digit, digit) for digit in chosen)
                speed, pitch = random.choice(SPEEDS), random.choice(PITCHES)
                orders.append((text, chosen, random.choice(bases) + voice, speed, pitch))
    return orders


def _texts():
    for word, pinyin in MANDARIN.items():
        yield pinyin, word, MANDARIN_BASE
    for word in ENGLISH:
        yield word, word, ENGLISH_BASES
    for text in OTHER_MANDARIN:
        yield text, UNKNOWN, MANDARIN_BASE
    for text in OTHER_ENGLISH:
        yield text, UNKNOWN, ENGLISH_BASES


def _speak(order) -> Clip:
    text, labels, voice, speed, pitch = order
    spoken = subprocess.run(
        ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", text],
        capture_output=True,
        check=True,
    ).stdout
    with wave.open(io.BytesIO(spoken)) as file:
        rate = file.getframerate()
        # espeak-ng writes a length of 2 GB into a WAV it streams
        body = np.frombuffer(spoken[44 : 44 + (len(spoken) - 44) // 2 * 2], dtype="<i2")
    return Clip([WORDS.index(label) for label in labels], _trim(_resample(body.astype(float), rate)))


def _resample(samples: np.ndarray, rate: int) -> np.ndarray:
    """By cutting the spectrum; a clip begins and ends with silence, so its edges do not matter."""
    length = len(samples) * RATE // rate
    spectrum = np.fft.rfft(samples)[: length // 2 + 1]
    return np.fft.irfft(spectrum, length) * (length / len(samples))


def _trim(samples: np.ndarray) -> np.ndarray:
    """Without what is 35 dB below the loudest 10 ms at either end."""
    frames = samples[: len(samples) // 80 * 80].reshape(-1, 80)
    level = 10 * np.log10((frames**2).mean(axis=1) + 1)
    loud = np.nonzero(level > level.max() - 35)[0]
    return samples[loud[0] * 80 : (loud[-1] + 1) * 80]

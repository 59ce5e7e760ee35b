"""What a telephone line does to a clip: pauses around it, its band, its noise, its level and G.711."""

import numpy as np

from corpus import RATE

STEP = 80


def over_the_line(samples: np.ndarray, chance: np.random.Generator, plain: bool = False):
    """The clip as it arrives, and between which frames of 10 ms the word lies. `plain` for held-out clips."""
    level_db = 66 if plain else chance.uniform(55, 75)
    word = samples / (np.sqrt((samples**2).mean()) + 1e-9) * 10 ** (level_db / 20)
    before, after = chance.integers(1200, 4000, 2)
    line = np.concatenate([np.zeros(before), word, np.zeros(after)])
    if plain or chance.random() < 0.7:
        line = _band(line)
    snr_db = 35 if plain else chance.uniform(12, 45)
    line += chance.standard_normal(len(line)) * np.sqrt((word**2).mean()) * 10 ** (-snr_db / 20)
    return _mu_law(line), before // STEP, (before + len(word)) // STEP


def _band(samples: np.ndarray) -> np.ndarray:
    """280 … 3400 Hz with soft edges, the band of ITU-T G.712."""
    hz = np.fft.rfftfreq(len(samples), 1 / RATE)
    gain = 1 / np.sqrt(1 + (280 / np.maximum(hz, 1)) ** 4) / np.sqrt(1 + (hz / 3400) ** 12)
    return np.fft.irfft(np.fft.rfft(samples) * gain, len(samples))


def _mu_law(samples: np.ndarray) -> np.ndarray:
    """There and back through 8 bits; the continuous curve of G.711 is near enough."""
    limited = np.clip(samples, -32635, 32635)
    curve = np.round(np.log1p(255 * np.abs(limited) / 32768) / np.log(256) * 127) / 127
    return np.sign(limited) * (np.expm1(curve * np.log(256)) / 255) * 32768

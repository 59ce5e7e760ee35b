"""MFCC as Kaldi computes them with the options in conf/mfcc.conf: 25 ms windows every 10 ms, 23 bands, 23 coefficients."""

import numpy as np

from corpus import RATE

BANDS = 23
WINDOW, STEP, FFT = 200, 80, 256
LOW_HZ, HIGH_HZ = 60, 3800


def _mel(hz):
    return 1127 * np.log(1 + hz / 700)


def _bank() -> np.ndarray:
    low, high = _mel(LOW_HZ), _mel(HIGH_HZ)
    width = (high - low) / (BANDS + 1)
    bins = _mel(RATE / FFT * np.arange(FFT // 2))
    bank = np.zeros((BANDS, FFT // 2))
    for band in range(BANDS):
        left, centre, right = low + band * width, low + (band + 1) * width, low + (band + 2) * width
        rising, falling = (bins - left) / (centre - left), (right - bins) / (right - centre)
        bank[band] = np.where((bins > left) & (bins < right), np.minimum(rising, falling), 0)
    return bank


_BANK = _bank()
_DCT = np.sqrt(2 / BANDS) * np.cos(np.pi / BANDS * np.outer(np.arange(BANDS), np.arange(BANDS) + 0.5))
_DCT[0] = np.sqrt(1 / BANDS)
_LIFTER = 1 + 0.5 * 22 * np.sin(np.pi * np.arange(BANDS) / 22)
_POVEY = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / (WINDOW - 1))) ** 0.85


def mfcc(samples: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    count = 1 + (len(samples) - WINDOW) // STEP
    frames = samples[np.arange(WINDOW)[None] + STEP * np.arange(count)[:, None]]
    # Kaldi's dither of 1, then mean, pre-emphasis and window
    frames = frames + chance.standard_normal(frames.shape)
    frames -= frames.mean(axis=1, keepdims=True)
    emphasised = np.empty_like(frames)
    emphasised[:, 1:] = frames[:, 1:] - 0.97 * frames[:, :-1]
    emphasised[:, 0] = frames[:, 0] * 0.03
    spectrum = np.abs(np.fft.rfft(emphasised * _POVEY, FFT)[:, : FFT // 2]) ** 2
    bands = np.log(np.maximum(spectrum @ _BANK.T, 1.19e-7))
    return ((bands @ _DCT.T) * _LIFTER).astype(np.float32)

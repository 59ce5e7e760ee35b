"""A network of two hidden layers over spliced frames, trained with Adam; plain numpy."""

import numpy as np

from mfcc import BANDS

# every third frame of 310 ms around the middle one
OFFSETS = np.arange(-15, 16, 3)
CONTEXT = 15
HIDDEN = 192
BATCH = 512


class Network:
    def __init__(self, outputs: int, chance: np.random.Generator):
        def layer(rows: int, columns: int, scale: float = 1.0):
            return (chance.standard_normal((rows, columns)) * np.sqrt(2 / rows) * scale).astype(np.float32)

        inputs = BANDS * len(OFFSETS)
        self.chance = chance
        self.weights = [
            layer(inputs, HIDDEN), np.zeros(HIDDEN, np.float32),
            layer(HIDDEN, HIDDEN), np.zeros(HIDDEN, np.float32),
            layer(HIDDEN, outputs, 0.1), np.zeros(outputs, np.float32),
        ]  # fmt: skip
        self._mean = [np.zeros_like(weight) for weight in self.weights]
        self._square = [np.zeros_like(weight) for weight in self.weights]
        self._steps = 0

    def _forward(self, x: np.ndarray):
        w0, b0, w1, b1, w2, b2 = self.weights
        first = np.maximum(x @ w0 + b0, 0)
        second = np.maximum(first @ w1 + b1, 0)
        return first, second, second @ w2 + b2

    def log_posteriors(self, padded: np.ndarray) -> np.ndarray:
        """`padded` has CONTEXT frames more at either end than there are results."""
        middle = CONTEXT + np.arange(len(padded) - 2 * CONTEXT)
        scores = self._forward(splice(padded, middle))[2]
        scores -= scores.max(axis=1, keepdims=True)
        return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))

    def epoch(self, padded: np.ndarray, middles: np.ndarray, labels: np.ndarray, rate: float) -> float:
        """One pass in random order; returns the share of frames that were right."""
        order = self.chance.permutation(len(middles))
        right = 0
        for start in range(0, len(order) - BATCH, BATCH):
            chosen = order[start : start + BATCH]
            x = splice(padded, middles[chosen])
            x = x + self.chance.standard_normal(x.shape).astype(np.float32) * 0.1
            right += self._step(x, labels[chosen], rate)
        return right / len(order)

    def _step(self, x: np.ndarray, labels: np.ndarray, rate: float) -> int:
        first, second, scores = self._forward(x)
        scores -= scores.max(axis=1, keepdims=True)
        delta = np.exp(scores)
        delta /= delta.sum(axis=1, keepdims=True)
        right = int((delta.argmax(axis=1) == labels).sum())
        delta[np.arange(len(labels)), labels] -= 1
        delta /= len(labels)
        delta1 = (delta @ self.weights[4].T) * (second > 0)
        delta0 = (delta1 @ self.weights[2].T) * (first > 0)
        gradients = [x.T @ delta0, delta0.sum(0), first.T @ delta1, delta1.sum(0), second.T @ delta, delta.sum(0)]
        self._steps += 1
        for i, gradient in enumerate(gradients):
            self._mean[i] += 0.1 * (gradient - self._mean[i])
            self._square[i] += 0.001 * (gradient**2 - self._square[i])
            mean = self._mean[i] / (1 - 0.9**self._steps)
            square = self._square[i] / (1 - 0.999**self._steps)
            self.weights[i] -= (rate * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)
        return right


def splice(padded: np.ndarray, middles: np.ndarray) -> np.ndarray:
    return padded[middles[:, None] + OFFSETS[None]].reshape(len(middles), -1)

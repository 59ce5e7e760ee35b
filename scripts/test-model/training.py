"""From clips to a trained network: states per word, an even alignment, then twice a better one by Viterbi."""

from dataclasses import dataclass

import numpy as np

from corpus import Clip
from mfcc import mfcc
from network import CONTEXT, Network
from telephone import over_the_line
from vocabulary import UNKNOWN, WORDS

SILENCE = 0
FRAMES_PER_STATE = 6
PRIOR_SCALE = 0.8
UNKNOWN_STATES = 10
# epochs and learning rate between alignments
ROUNDS = ((3, 2e-3), (3, 1e-3), (4, 5e-4))


@dataclass
class Utterance:
    words: list[int]
    frames: np.ndarray
    begin: int
    end: int


@dataclass
class Model:
    """`states[w]` outputs belong to word w, from `first[w]` on; output 0 is silence."""

    network: Network
    states: list[int]
    first: list[int]
    mean: np.ndarray
    deviation: np.ndarray
    prior: np.ndarray

    @property
    def outputs(self) -> int:
        return 1 + sum(self.states)

    def chain(self, word: int) -> list[int]:
        """The outputs one after the other while the word is said."""
        if WORDS[word] == UNKNOWN:
            # one sound for everything else, at least so many times 10 ms of it
            return [self.first[word]] * UNKNOWN_STATES
        return list(range(self.first[word], self.first[word] + self.states[word]))

    def scores(self, frames: np.ndarray) -> np.ndarray:
        return self.network.log_posteriors(self.padded(frames)) - self.prior * PRIOR_SCALE

    def padded(self, frames: np.ndarray) -> np.ndarray:
        normal = ((frames - self.mean) / self.deviation).astype(np.float32)
        return np.concatenate([np.repeat(normal[:1], CONTEXT, 0), normal, np.repeat(normal[-1:], CONTEXT, 0)])


def utterances(clips: list[Clip], chance: np.random.Generator, plain: bool = False) -> list[Utterance]:
    result = []
    for clip in clips:
        if len(clip.samples) < 1200:
            continue
        line, begin, end = over_the_line(clip.samples, chance, plain)
        frames = mfcc(line, chance)
        result.append(Utterance(clip.words, frames, begin, min(end, len(frames))))
    return result


def train(spoken: list[Utterance], chance: np.random.Generator, log) -> Model:
    def length(word: int) -> int:
        if WORDS[word] == UNKNOWN:
            return 1
        mean = np.mean([u.end - u.begin for u in spoken if u.words == [word]])
        return int(np.clip(round(mean / FRAMES_PER_STATE), 5, 16))

    states = [length(word) for word in range(len(WORDS))]
    first = [1 + sum(states[:word]) for word in range(len(WORDS))]
    some = np.concatenate([u.frames for u in spoken[::5]])
    network = Network(1 + sum(states), chance)
    model = Model(network, states, first, some.mean(0), some.std(0), np.zeros(1 + sum(states)))
    padded, starts = _pack(model, spoken)
    alignment = [_even(model, u) for u in spoken]
    for number, (epochs, rate) in enumerate(ROUNDS):
        for epoch in range(epochs):
            middles, labels = _sample(alignment, starts, chance)
            right = network.epoch(padded, middles, labels, rate * 0.7**epoch)
            log(f"round {number + 1} epoch {epoch + 1}: {right:.1%} of frames right")
        model.prior = _prior(alignment, model.outputs)
        if number < len(ROUNDS) - 1:
            alignment = [_align(model, u) for u in spoken]
    return model


def accuracy(model: Model, spoken: list[Utterance], words: range) -> float:
    """Share of single words told apart, each from all words."""
    of_interest = [u for u in spoken if u.words[0] in words]

    def best(u: Utterance) -> int:
        scores = model.scores(u.frames)
        return int(np.argmax([_viterbi(scores[:, _with_silence(model, [w])])[0] for w in range(len(WORDS))]))

    return float(np.mean([[best(u)] == u.words for u in of_interest]))


def _pack(model: Model, spoken: list[Utterance]):
    padded = [model.padded(u.frames) for u in spoken]
    ends = np.cumsum([len(block) for block in padded])
    starts = np.concatenate([[0], ends[:-1]]) + CONTEXT
    return np.concatenate(padded), starts


def _even(model: Model, u: Utterance) -> np.ndarray:
    labels = np.zeros(len(u.frames), int)
    count = max(1, u.end - u.begin)
    outputs = np.array([output for word in u.words for output in model.chain(word)])
    spread = np.arange(count) * len(outputs) // count
    labels[u.begin : u.end] = outputs[spread[: u.end - u.begin]]
    return labels


def _sample(alignment, starts, chance: np.random.Generator):
    """Half of the frames of words, a quarter of the silence: there is plenty of it."""
    middles = np.concatenate([start + np.arange(len(labels)) for start, labels in zip(starts, alignment)])
    labels = np.concatenate(alignment)
    kept = chance.random(len(labels)) < np.where(labels == SILENCE, 0.25, 0.5)
    return middles[kept], labels[kept]


def _prior(alignment, outputs: int) -> np.ndarray:
    counts = np.bincount(np.concatenate(alignment), minlength=outputs) + 1.0
    return np.log(counts / counts.sum())


def _with_silence(model: Model, words: list[int]) -> list[int]:
    return [SILENCE, *(output for word in words for output in model.chain(word)), SILENCE]


def _align(model: Model, u: Utterance) -> np.ndarray:
    outputs = _with_silence(model, u.words)
    if len(u.frames) < len(outputs):
        return _even(model, u)
    return np.array(outputs)[_viterbi(model.scores(u.frames)[:, outputs])[1]]


def _viterbi(scores: np.ndarray) -> tuple[float, list[int]]:
    """Best way from the first column to the last, each step staying or moving one on."""
    frames, columns = scores.shape
    best = np.full(columns, -1e9)
    best[0] = scores[0, 0]
    moved = np.zeros((frames, columns), int)
    for frame in range(1, frames):
        move = np.concatenate([[-1e9], best[:-1]])
        moved[frame] = move > best
        best = np.maximum(best, move) + scores[frame]
    path = [columns - 1]
    for frame in range(frames - 1, 0, -1):
        path.append(path[-1] - moved[frame, path[-1]])
    return float(best[-1]), path[::-1]

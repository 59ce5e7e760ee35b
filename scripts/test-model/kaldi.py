"""Writes a trained model as a Vosk model folder: nnet3 in Kaldi's text format, graphs in OpenFst's binary one.

The graph is split into HCLr.fst and Gr.fst, as in the small models of Vosk, because libvosk then takes a grammar at
run time. Theirs is a look-ahead FST; a plain vector FST sorted by output labels composes just as well here, since every
word has its label on its first arc.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mfcc import BANDS, HIGH_HZ, LOW_HZ
from network import OFFSETS
from training import PRIOR_SCALE, SILENCE, Model
from vocabulary import UNKNOWN, WORDS

ACOUSTIC_SCALE = 0.15
SILENCE_PHONE = 1
# costs in the graph, natural logarithm: a new word, a word that is none of ours, and going on
WORD_COST, UNKNOWN_COST, STEP_COST = 2.0, 6.0, 0.1
MARKER = "TEST-VOICE-ONLY"
MARKER_TEXT = (
    "本模型只认识合成语音,仅供测试。\n"
    "This model understands synthetic voices only and serves tests. Production refuses it.\n"
    "Made by scripts/test-model/make.py of Yilu.\n"
)


def write_model(model: Model, folder: Path) -> None:
    for name in ("am", "conf", "graph/phones"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(MARKER_TEXT)
    phones, chains = _phones(model)
    (folder / "am/final.mdl").write_text(_transitions(phones) + _nnet3(model))
    (folder / "conf/mfcc.conf").write_text(
        f"--sample-frequency=8000\n--num-mel-bins={BANDS}\n--num-ceps={BANDS}\n"
        f"--low-freq={LOW_HZ}\n--high-freq={HIGH_HZ}\n--use-energy=false\n"
    )
    (folder / "conf/model.conf").write_text(
        "--min-active=20\n--max-active=500\n--beam=8.0\n--lattice-beam=4.0\n"
        f"--acoustic-scale={ACOUSTIC_SCALE:g}\n--frame-subsampling-factor=1\n--endpoint.silence-phones=1\n"
        "--endpoint.rule2.min-trailing-silence=0.5\n--endpoint.rule3.min-trailing-silence=0.75\n"
        "--endpoint.rule4.min-trailing-silence=1.0\n"
    )
    labels = "".join(f"{word} {number}\n" for number, word in enumerate(["<eps>", *WORDS]))
    (folder / "graph/words.txt").write_text(labels)
    (folder / "graph/HCLr.fst").write_bytes(_fst(_words_graph(chains)))
    (folder / "graph/Gr.fst").write_bytes(_fst([(0.0, [(n + 1, n + 1, 0.0, 0) for n in range(len(WORDS))])]))
    (folder / "graph/disambig_tid.int").write_text("")
    # without this file libvosk aborts when it is asked for the times of words
    places = "".join(f"{number} {phone.place}\n" for number, phone in enumerate(phones, 1))
    (folder / "graph/phones/word_boundary.int").write_text(places)


@dataclass
class Phone:
    """A state of a word (or silence): the output that scores it, and where in the word it stands."""

    output: int
    place: str


def _phones(model: Model) -> tuple[list[Phone], list[list[int]]]:
    """All phones, and for each word the numbers of those it is a chain of. Phone 1 is silence.

    A word of one output still needs a beginning, a middle and an end: libvosk finds words in the lattice by them.
    """
    phones = [Phone(SILENCE, "nonword")]
    chains = []
    for word in range(len(WORDS)):
        outputs = model.chain(word)
        chain: list[int] = []
        for position, output in enumerate(outputs):
            place = "begin" if position == 0 else "end" if position == len(outputs) - 1 else "internal"
            if phones[-1] != Phone(output, place):
                phones.append(Phone(output, place))
            chain.append(len(phones))
        chains.append(chain)
    return phones, chains


def _transitions(phones: list[Phone]) -> str:
    """Each phone has one state that stays or leaves with even chances."""
    numbers = " ".join(str(number) for number in range(1, len(phones) + 1))
    triples = "".join(f"{number} 0 {phone.output} \n" for number, phone in enumerate(phones, 1))
    return (
        "<TransitionModel> \n<Topology> \n<TopologyEntry> \n<ForPhones> \n"
        f"{numbers} \n</ForPhones> \n"
        "<State> 0 <PdfClass> 0 <Transition> 0 0.5 <Transition> 1 0.5 </State> \n<State> 1 </State> \n"
        f"</TopologyEntry> \n</Topology> \n<Triples> {len(phones)} \n{triples}</Triples> \n<LogProbs> \n"
        f"{_vector([0] + [-0.693147] * (2 * len(phones)))}</LogProbs> \n</TransitionModel> \n"
    )


def _stay(phone: int) -> int:
    return 2 * phone - 1


def _leave(phone: int) -> int:
    return 2 * phone


def _nnet3(model: Model) -> str:
    w0, b0, w1, b1, w2, b2 = (weight.astype(float) for weight in model.network.weights)
    # the normalisation of the input becomes part of the first layer
    scaled = w0 / np.tile(model.deviation, len(OFFSETS))[:, None]
    shifted = b0 - np.tile(model.mean / model.deviation, len(OFFSETS)) @ w0
    spliced = ", ".join("input" if offset == 0 else f"Offset(input, {offset})" for offset in OFFSETS)
    chain = ["a1", "r1", "a2", "r2", "a3", "ls"]
    nodes = "".join(
        f"component-node name={name} component={name} input={before}\n"
        for name, before in zip(chain, [f"Append({spliced})", *chain[:-1]])
    )
    hidden = len(b0)
    components = (
        _affine("a1", scaled, shifted)
        + _nonlinearity("r1", "RectifiedLinearComponent", hidden)
        + _affine("a2", w1, b1)
        + _nonlinearity("r2", "RectifiedLinearComponent", hidden)
        + _affine("a3", w2, b2)
        + _nonlinearity("ls", "LogSoftmaxComponent", model.outputs)
    )
    context = -int(OFFSETS[0])
    return (
        f"<Nnet3> \ninput-node name=input dim={BANDS}\n{nodes}"
        "output-node name=output input=ls objective=linear\n\n"
        f"<NumComponents> {len(chain)} \n{components}</Nnet3> \n"
        f"<LeftContext> {context} <RightContext> {context} <Priors> {_vector(np.exp(model.prior * PRIOR_SCALE))}"
    )


def _vector(values) -> str:
    return " [ " + " ".join(f"{value:.4g}" for value in values) + " ]\n"


def _affine(name: str, weights: np.ndarray, bias: np.ndarray) -> str:
    rows = "\n".join("  " + " ".join(f"{value:.4g}" for value in row) for row in weights.T)
    return (
        f"<ComponentName> {name} <FixedAffineComponent> <LinearParams>  [\n{rows} ]\n"
        f"<BiasParams> {_vector(bias)}</FixedAffineComponent> \n"
    )


def _nonlinearity(name: str, kind: str, size: int) -> str:
    return (
        f"<ComponentName> {name} <{kind}> <Dim> {size} <ValueAvg>  [ ]\n<DerivAvg>  [ ]\n<Count> 0 </{kind}> \n"
    )


def _words_graph(chains: list[list[int]]):
    """A loop: silence or any word, again and again. State 0 is its beginning and its end."""
    arcs: list[list[tuple]] = [[], []]
    silence = 1
    arcs[0].append((_leave(SILENCE_PHONE), 0, STEP_COST, silence))
    arcs[silence] += [(_stay(SILENCE_PHONE), 0, STEP_COST / 2, silence), (0, 0, STEP_COST, 0)]
    for number, (word, chain) in enumerate(zip(WORDS, chains), 1):
        state = 0
        for position, phone in enumerate(chain):
            arcs.append([])
            next_state = len(arcs) - 1
            opening = position == 0
            cost = (UNKNOWN_COST if word == UNKNOWN else WORD_COST) if opening else STEP_COST
            arcs[state].append((_leave(phone), number if opening else 0, cost, next_state))
            arcs[next_state].append((_stay(phone), 0, STEP_COST, next_state))
            state = next_state
        arcs[state].append((0, 0, 0.0, 0))
    return [
        (0.0 if state == 0 else float("inf"), sorted(leaving, key=lambda arc: arc[1]))
        for state, leaving in enumerate(arcs)
    ]


def _fst(states) -> bytes:
    """OpenFst's vector FST, version 2, standard arcs; properties 3 are `expanded` and `mutable`."""

    def text(value: bytes) -> bytes:
        return struct.pack("<i", len(value)) + value

    arcs = sum(len(leaving) for _, leaving in states)
    parts = [struct.pack("<i", 2125659606), text(b"vector"), text(b"standard")]
    parts.append(struct.pack("<iiQqqq", 2, 0, 3, 0, len(states), arcs))
    for final, leaving in states:
        parts.append(struct.pack("<fq", final, len(leaving)))
        parts += [struct.pack("<iifi", *arc) for arc in leaving]
    return b"".join(parts)

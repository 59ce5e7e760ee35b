"""Makes test/assets/vosk-test-model.tar.gz: a tiny Vosk model of synthetic voices, so that tests run the real libvosk.

    sudo apt-get install python3-numpy espeak-ng
    nice python3 scripts/test-model/make.py

About a quarter of an hour on two cores. Training data are espeak-ng's voices saying the words in vocabulary.py; the
model knows nothing else and people least of all, hence the marker TEST-VOICE-ONLY, which production refuses.
"""

import argparse
import pickle
import tarfile
import tempfile
import time
from pathlib import Path

import numpy as np

from corpus import corpus
from kaldi import write_model
from training import accuracy, train, utterances
from vocabulary import ENGLISH, MANDARIN

ASSET = Path(__file__).resolve().parents[2] / "test/assets/vosk-test-model.tar.gz"
NAME = "vosk-test-model"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=ASSET)
    options.add_argument("--keep", type=Path, help="file to keep the trained network in, or to take it from")
    chosen = options.parse_args()
    began = time.monotonic()

    def log(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", flush=True)

    if chosen.keep and chosen.keep.exists():
        model = pickle.loads(chosen.keep.read_bytes())
    else:
        chance = np.random.default_rng(0)
        training, held_out = corpus()
        log(f"{len(training)} clips, {sum(len(clip.samples) for clip in training) / 8000 / 60:.0f} minutes")
        spoken = utterances(training, chance)
        log("features")
        model = train(spoken, chance, log)
        others = utterances(held_out, chance, plain=True)
        mandarin, english = len(MANDARIN), len(MANDARIN) + len(ENGLISH)
        log(f"voices held out: Mandarin {accuracy(model, others, range(mandarin)):.1%}")
        log(f"voices held out: English {accuracy(model, others, range(mandarin, english)):.1%}")
        if chosen.keep:
            chosen.keep.write_bytes(pickle.dumps(model))
    with tempfile.TemporaryDirectory() as folder:
        write_model(model, Path(folder) / NAME)
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(chosen.out, "w:gz", compresslevel=9) as archive:
            archive.add(Path(folder) / NAME, NAME, filter=_plain)
    log(f"{chosen.out}: {chosen.out.stat().st_size:,} bytes")


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """No names and times of whoever ran this."""
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    main()

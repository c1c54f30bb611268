"""Log-mel of noise by torchaudio on one thread: CPU milliseconds of each round, as JSON. Arguments: seconds, rounds."""

import json
import sys
import time

import torch
import torchaudio

RATE = 22050
seconds, rounds = float(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(1)
torch.manual_seed(1)
signal = 0.1 * torch.randn(int(seconds * RATE))
spectrogram = torchaudio.transforms.MelSpectrogram(RATE, n_fft=2048, hop_length=512, f_min=0.0, f_max=RATE / 2, n_mels=128, power=2.0, norm="slaney", mel_scale="slaney")


def log_mel():
    return 10 * torch.log10(torch.clamp(spectrogram(signal - signal.mean()), min=1e-10))


def round_ms():
    before = time.process_time()
    log_mel()
    return 1000 * (time.process_time() - before)


for _ in range(3):
    log_mel()
print(json.dumps({"version": torchaudio.__version__, "frames": log_mel().shape[1], "ms": [round_ms() for _ in range(rounds)]}))

"""What one would write instead in Python: decode, loudness and tags by ffmpeg, a hook by plain self-similarity, log-mel, the same network.

Arguments: the ffmpeg command, the very one that Encore runs. One thread; weights are random, for only the time counts. Prints JSON.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys

import torch
import torchaudio

sys.path.append(str(pathlib.Path(__file__).resolve().parents[3] / "models" / "train"))
from model import ScoreNet  # noqa: E402

RATE, HOOK = 22050, 30
torch.set_num_threads(1)


def decode(command):
    """Samples, what ffmpeg said (the loudness in it), and the tags from its third pipe."""
    tags_in, tags_out = os.pipe()
    command = [f"pipe:{tags_out}" if part == "pipe:3" else part for part in command]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, pass_fds=(tags_out,))
    os.close(tags_out)
    tags = os.read(tags_in, 65536).decode()
    return torch.frombuffer(bytearray(done.stdout), dtype=torch.float32), done.stderr.decode(errors="replace"), tags


def chroma(pcm):
    """24 classes, 2.15 frames a second, every frame of unit length."""
    power = torchaudio.transforms.Spectrogram(4096, hop_length=2048, power=1.0)(pcm)
    hz = torch.arange(1, power.shape[0]) * RATE / 4096
    kept = (hz > 50) & (hz < 4200)
    classes = (torch.round(12 * torch.log2(hz[kept] / 440)) % 12).long() + 12 * (hz[kept] > 200).long()
    folded = torch.zeros(24, power.shape[1]).index_add_(0, classes, power[1:][kept])
    frames = folded[:, : folded.shape[1] // 5 * 5].reshape(24, -1, 5).mean(2)
    frames = frames - frames.mean(1, keepdim=True)
    return frames / frames.norm(dim=0, keepdim=True).clamp(min=1e-9)


def find_hook(pcm):
    """Start of the 30 s whose 12 s passages come again most strongly."""
    frames = chroma(pcm)
    similarity = frames.T @ frames
    count, box, width = frames.shape[1], 26, 65
    sums = torch.zeros(count)
    for lag in range(box, count - box):
        means = similarity.diagonal(lag).unfold(0, box, 1).mean(1)
        sums[: len(means)] = torch.maximum(sums[: len(means)], means)
    windows = sums.unfold(0, min(width, count), 1).mean(1)
    return float(windows.argmax()) * 5 * 2048 / RATE


pcm, said, tags = decode(sys.argv[1:])
start = int(find_hook(pcm) * RATE)
clip = pcm[start : start + HOOK * RATE]
clip = torch.nn.functional.pad(clip, (0, HOOK * RATE - len(clip)))
mel = torchaudio.transforms.MelSpectrogram(RATE, n_fft=2048, hop_length=512, n_mels=128, norm="slaney", mel_scale="slaney")(clip - clip.mean())
with torch.inference_mode():
    outcome = ScoreNet().eval()(10 * torch.log10(torch.clamp(mel, min=1e-10)).T.unsqueeze(0))
print(json.dumps({"seconds": len(pcm) / RATE, "frames": mel.shape[1], "tags": len(tags), "loudness": "LUFS" in said, "peakRssMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))

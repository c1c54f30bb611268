"""Varies clips for training: what must not change a score."""

import numpy as np
import torch


def vary(clips: torch.Tensor, frames: int, generator: torch.Generator) -> torch.Tensor:
    """Another part of the clip, another gain, another tone control or codec, gaps in time and frequency."""
    count, length, mels = clips.shape

    def uniform(*size: int) -> torch.Tensor:
        return torch.rand(*size, generator=generator)

    starts = (uniform(count) * (length - frames + 1)).long()
    out = torch.stack([clip[start : start + frames] for clip, start in zip(clips, starts.tolist())])
    out = out + (uniform(count, 1, 1) * 12 - 6) + tone_curves(count, mels, uniform)
    out = codec(out, uniform, generator)
    for clip in out:
        gap = int(uniform(1) * 40)
        at = int(uniform(1) * (frames - gap))
        clip[at : at + gap] = clip.mean()
        gap = int(uniform(1) * 14)
        at = int(uniform(1) * (mels - gap))
        clip[:, at : at + gap] = clip.mean()
    return out


def tone_curves(count: int, mels: int, uniform) -> torch.Tensor:
    """Smooth gains over frequency, up to about +-6 dB: three cosines with random amplitudes."""
    place = torch.linspace(0, np.pi, mels)
    waves = torch.stack([torch.cos(place * order) for order in (1, 2, 3)])
    return ((uniform(count, 3) * 2 - 1) * torch.tensor([3.0, 2.0, 1.0]) @ waves).unsqueeze(1)


def codec(clips: torch.Tensor, uniform, generator: torch.Generator) -> torch.Tensor:
    """Three clips of ten as a lossy codec leaves them: no top, and every cell a little off (quantisation), the more the quieter it is."""
    count, _, mels = clips.shape
    lossy = uniform(count, 1, 1) < 0.3
    cut = mels - 24 * uniform(count, 1, 1)
    quiet = (clips.amax((1, 2), keepdim=True) - clips).clamp(0, 80) / 80
    noise = torch.randn(clips.shape, generator=generator) * 2 * quiet
    return torch.where(lossy, clips + noise - 40 * (torch.arange(mels) >= cut), clips)

"""The network: convolutions over a log-mel spectrogram, a GRU over time, two numbers out."""

import torch
from torch import nn

EMBEDDING = 32


class ScoreNet(nn.Module):
    """Input [N, frames, 128] in dB. Outputs: [N, 2], natural logarithms of listeners and of plays per listener, and [N, 32], what the
    recording is like (the last hidden layer, never negative).

    The level is taken out first (mean of what lies within 80 dB of the loudest), so a change of gain changes nothing.
    """

    def __init__(self, dropout: float = 0.3):
        super().__init__()
        self.blocks = nn.Sequential(
            block(1, 16, kernel=(5, 5), stride=(2, 2)),
            block(16, 32),
            block(32, 48),
            block(48, 64),
        )
        self.merge = nn.Sequential(nn.Linear(64 * 4, 64), nn.ReLU())
        self.gru = nn.GRU(64, 64, batch_first=True)
        self.hidden = nn.Sequential(nn.Dropout(dropout), nn.Linear(64, EMBEDDING), nn.ReLU())
        self.heads = nn.Linear(EMBEDDING, 2)
        self.register_buffer("outcome_mean", torch.zeros(2))
        self.register_buffer("outcome_sd", torch.ones(2))

    def embedding(self, decibels: torch.Tensor) -> torch.Tensor:
        x = self.blocks(level_free(decibels).unsqueeze(1))
        x = self.merge(x.permute(0, 2, 1, 3).flatten(2))
        x, _ = self.gru(x)
        return self.hidden(x.mean(1))

    def standardised(self, decibels: torch.Tensor) -> torch.Tensor:
        """The two numbers in standard deviations of the training songs."""
        return self.heads(self.embedding(decibels))

    def forward(self, decibels: torch.Tensor):
        embedding = self.embedding(decibels)
        return self.heads(embedding) * self.outcome_sd + self.outcome_mean, embedding


def block(inputs: int, outputs: int, kernel=(3, 3), stride=(1, 1)) -> nn.Sequential:
    padding = (kernel[0] // 2, kernel[1] // 2)
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(), nn.AvgPool2d(2))


def level_free(decibels: torch.Tensor) -> torch.Tensor:
    """Nothing lies more than 80 dB below the loudest, the mean is 0, and 20 dB are 1."""
    loudest = decibels.amax((1, 2), keepdim=True)
    floored = torch.maximum(decibels, loudest - 80)
    return (floored - floored.mean((1, 2), keepdim=True)) / 20


def parameters(model: nn.Module) -> int:
    return sum(parameter.numel() for parameter in model.parameters())

# SPDX-License-Identifier: Apache-2.0
"""A drawn video of heel raises for a browser's fake camera: a sticker that goes up and down, exactly known."""

import math
from pathlib import Path

WIDTH, HEIGHT, RATE = 320, 240, 30
STICKER_PX = 24
MM_PER_PX = 20 / STICKER_PX
GROUND = 170.0
PERIOD_S = 2.0


def lift_cm(seconds: float, height_cm: float) -> float:
    """A smooth raise in each period, at rest between two."""
    phase = seconds % PERIOD_S / PERIOD_S
    return height_cm * (1 - math.cos(2 * math.pi * (phase - 0.2) / 0.6)) / 2 if 0.2 < phase < 0.8 else 0.0


def write(path: Path, count: int, height_cm: float) -> Path:
    """As y4m with round edges drawn by how much of each pixel is covered; it loops."""
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for index in range(int(count * PERIOD_S * RATE)):
            file.write(b"FRAME\n")
            file.write(frame(GROUND - 10 * lift_cm(index / RATE, height_cm) / MM_PER_PX))
    return path


def frame(y_px: float, x_px: float = 160.0) -> bytes:
    radius = STICKER_PX / 2
    luma = bytearray([205]) * (WIDTH * HEIGHT)
    reds = bytearray([128]) * (WIDTH * HEIGHT // 4)
    for row in range(int(y_px - radius) - 1, int(y_px + radius) + 2):
        for column in range(int(x_px - radius) - 1, int(x_px + radius) + 2):
            away = math.hypot(column + 0.5 - x_px, row + 0.5 - y_px)
            part = min(max(radius + 0.5 - away, 0), 1)
            luma[row * WIDTH + column] = round(205 + part * (60 - 205))
            if part > 0.5:
                reds[row // 2 * (WIDTH // 2) + column // 2] = 128
    return bytes(luma) + bytes([128]) * (WIDTH * HEIGHT // 4) + bytes(reds)

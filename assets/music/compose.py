"""Writes the two pieces of music of the starter, note by note, with nothing recorded by others.

``python assets/music/compose.py`` makes ``nhip-xuan.flac`` (bright, 100 beats a minute) and
``que-huong.flac`` (calm, 80 beats a minute) beside this file: 24 s each, faded at both ends so that a clip
may repeat them, 48 kHz, stereo, 16 bit. Strings are plucked after Karplus and Strong, the room is decaying
noise, and noise is a hash of the sample's number: the same notes give the same sound each time.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field, replace
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

RATE = 48_000
SECONDS = 24.0
PEAK = 10 ** (-3 / 20)

# Five tones to the octave: the scale of the Northern mode, counted in half tones from its first.
STEPS = (0, 2, 4, 7, 9)
REST = None

# Tones of a tune: the step in the scale (5 is an octave up; none is a rest) and the length in beats.
Tune = list[tuple[int | None, float]]


@dataclass(frozen=True)
class Touch:
    """How a string is played.

    ``soft`` is how blunt the finger is (more takes highs off), ``ring`` the seconds until the string has lost
    60 dB, ``sway`` the depth of the left hand's vibrato as a share of the pitch, ``hold`` how many seconds a
    tone sounds past its beats.
    """

    soft: int = 6
    ring: float = 3.0
    sway: float = 0.0
    hold: float = 0.0


@dataclass(frozen=True)
class Tempo:
    """How long a beat lasts, and the tone that step 0 stands for."""

    beat: float
    root: int

    def hertz(self, step: int) -> float:
        """Return the frequency of a step of the scale."""
        octave, place = divmod(step, len(STEPS))
        return float(440 * 2 ** ((self.root + 12 * octave + STEPS[place] - 69) / 12))


@dataclass
class Mix:
    """Two channels of sound, dry and for the room, to which notes are added."""

    dry: Samples = field(default_factory=lambda: np.zeros((2, round(SECONDS * RATE))))
    room: Samples = field(default_factory=lambda: np.zeros((2, round(SECONDS * RATE))))

    def add(self, sound: Samples, at: float, gain: float, *, pan: float = 0.0, send: float = 0.3) -> None:
        """Put a sound at a second; ``pan`` runs from -1 (left) to 1, ``send`` is the share for the room."""
        start = round(at * RATE)
        part = sound[: max(0, self.dry.shape[1] - start)]
        angle = (pan + 1) * np.pi / 4
        for channel, share in enumerate((np.cos(angle), np.sin(angle))):
            placed = part * (gain * share)
            self.dry[channel, start : start + part.size] += placed
            self.room[channel, start : start + part.size] += placed * send


def noise(size: int, seed: int) -> Samples:
    """Return noise between -1 and 1 that depends on nothing but its size and seed (splitmix64)."""
    bits = np.arange(1, size + 1, dtype=np.uint64) + np.uint64(seed << 32)
    bits = bits * np.uint64(0x9E3779B97F4A7C15)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    bits ^= bits >> np.uint64(31)
    unit: Samples = (bits >> np.uint64(11)).astype(np.float64) / 2**53
    return unit * 2 - 1


def clock(seconds: float) -> Samples:
    """Return the time of each sample."""
    times: Samples = np.arange(round(seconds * RATE)) / RATE
    return times


def smooth(sound: Samples, width: int) -> Samples:
    """Return the sound with its highs taken off by a running mean."""
    blurred: Samples = np.convolve(sound, np.ones(width) / width, mode="same")
    return blurred


def pluck(hertz: float, seconds: float, touch: Touch, seed: int) -> Samples:
    """Return a plucked string."""
    period = round(RATE / hertz)
    size = round(seconds * RATE * 1.02) + 4 * period
    turn = smooth(noise(period, seed), touch.soft)
    turn -= np.roll(turn, period // 5)  # plucked at a fifth of its length
    turn -= turn.mean()
    loss = 10 ** (-3 * period / (touch.ring * RATE))
    turns = [turn]
    last = 0.0
    for _ in range(size // period + 2):
        before = np.concatenate(([last], turn[:-1]))
        last = float(turn[-1])
        turn = loss * 0.5 * (turn + before)
        turns.append(turn)
    string = np.concatenate(turns)
    # The loop is half a sample longer than its line of whole samples: read it at the speed of the pitch.
    times = clock(seconds)
    speed = hertz * (period + 0.5) / RATE
    bend = touch.sway * np.sin(2 * np.pi * 5.2 * times) * np.clip((times - 0.18) * 4, 0, 1)
    place = np.cumsum(speed * (1 + bend)) - speed
    sound: Samples = np.interp(place, np.arange(string.size), string)
    sound /= max(1e-9, float(np.abs(sound).max()))
    return sound * np.clip((seconds - times) / 0.08, 0, 1)


def pad(hertz: float, seconds: float) -> Samples:
    """Return a warm, slow tone: three voices a little apart, with few harmonics."""
    times = clock(seconds)
    sound = np.zeros_like(times)
    for voice, cents in enumerate((-5.0, 0.0, 6.0)):
        base = hertz * 2 ** (cents / 1200)
        for harmonic, share in ((1, 1.0), (2, 0.32), (3, 0.13), (4, 0.05)):
            drift = 0.4 * np.sin(2 * np.pi * (0.11 + 0.05 * voice) * times + harmonic)
            sound += share * np.sin(2 * np.pi * base * harmonic * times + drift + 2.1 * voice)
    swell = np.clip(times / 1.1, 0, 1) * np.clip((seconds - times) / 1.3, 0, 1)
    shaped: Samples = sound / 4.5 * np.sin(swell * np.pi / 2) ** 2
    return shaped


def drum() -> Samples:
    """Return a soft drum: a tone that falls, under a breath of skin."""
    times = clock(0.5)
    tone = np.sin(2 * np.pi * (58 * times + 2.2 * (1 - np.exp(-times * 26))))
    skin = smooth(noise(times.size, 77), 24) * np.exp(-times * 60)
    struck: Samples = tone * np.exp(-times * 9) + 0.5 * skin
    return struck * np.clip(times / 0.002, 0, 1)


def clapper(hertz: float) -> Samples:
    """Return a wooden clapper, small and round."""
    times = clock(0.18)
    wood = np.sin(2 * np.pi * hertz * times) + 0.5 * np.sin(2 * np.pi * hertz * 2.71 * times)
    knocked: Samples = wood * np.exp(-times * 48) * np.clip(times / 0.001, 0, 1)
    return knocked


def shaker(seed: int) -> Samples:
    """Return a shaker: a short hiss without lows."""
    times = clock(0.11)
    hiss = noise(times.size, seed)
    hiss -= smooth(hiss, 9)
    swung: Samples = hiss * np.clip(times / 0.018, 0, 1) * np.exp(-times * 42)
    return swung


def sing(mix: Mix, tune: Tune, tempo: Tempo, touch: Touch, gain: float) -> None:
    """Pluck a tune: long tones sway, and one that is reached from above gets a short tone before it."""
    still = replace(touch, sway=0.0)
    at, last = 0.0, 0
    for seed, (step, beats) in enumerate(tune, start=100):
        if step is not None:
            long = beats >= 1
            pan = 0.14 * np.sin(seed)
            start = at
            if long and last - step in (1, 2):
                mix.add(pluck(tempo.hertz(step + 1), 0.3, still, seed + 500), at, gain * 0.45, pan=pan)
                start += 0.075
            accent = 1.0 if (at / tempo.beat) % 2 == 0 else 0.86
            seconds = min(SECONDS - at, beats * tempo.beat + touch.hold)
            sound = pluck(tempo.hertz(step), seconds, touch if long else still, seed)
            mix.add(sound, start, gain * accent, pan=pan, send=0.26)
            last = step
        at += beats * tempo.beat


def room(sound: Samples, seconds: float) -> Samples:
    """Return what a warm room of that many seconds gives back."""
    times = clock(seconds)
    size = sound.shape[1]
    length = 1 << (size + times.size).bit_length()
    answers = []
    for channel in range(2):
        tail = smooth(noise(times.size, 900 + channel), 5) * 10 ** (-3 * times / seconds)
        tail[: round(0.018 * RATE)] = 0
        tail /= np.sqrt(np.sum(tail**2))
        heard = np.fft.irfft(np.fft.rfft(sound[channel], length) * np.fft.rfft(tail, length), length)
        answers.append(heard[:size])
    answer: Samples = np.stack(answers)
    return answer


def finish(mix: Mix, *, seconds: float, drive: float, fade: tuple[float, float]) -> Samples:
    """Return the mix with its room, its peaks rounded, faded at both ends, its highest peak at -3 dBFS."""
    sound = mix.dry + room(mix.room, seconds)
    sound -= sound.mean(axis=1, keepdims=True)
    sound = np.tanh(sound / np.abs(sound).max() * drive)
    times = clock(SECONDS)
    ends = np.clip(times / fade[0], 0, 1) * np.clip((SECONDS - times) / fade[1], 0, 1)
    sound = sound * np.sin(ends * np.pi / 2) ** 2
    loud: Samples = sound * (PEAK / np.abs(sound).max())
    return loud


def spring_beat() -> Samples:
    """Return “Nhịp xuân”: ten bars of four, a zither's tune over plucked chords, drum, clapper and shaker."""
    tempo = Tempo(beat=0.6, root=62)
    mix = Mix()
    call: Tune = [(5, 1), (6, 0.5), (7, 0.5), (8, 1), (7, 0.5), (6, 0.5), (7, 1.5), (6, 0.5), (5, 1), (3, 1)]
    question: Tune = [(4, 1), (5, 0.5), (6, 0.5), (7, 1), (6, 0.5), (5, 0.5), (6, 2.5), (5, 0.5), (6, 1)]
    rise: Tune = [(5, 0.5), (6, 0.5), (7, 0.5), (8, 0.5), (9, 1), (8, 0.5), (7, 0.5)]
    rise += [(8, 1.5), (7, 0.5), (6, 1), (8, 1)]
    answer: Tune = [(7, 0.5), (6, 0.5), (5, 0.5), (4, 0.5), (6, 1), (4, 0.5), (3, 0.5)]
    answer += [(5, 2.5), (3, 0.5), (4, 1)]
    close: Tune = [(5, 1), (7, 0.5), (8, 0.5), (10, 1), (8, 0.5), (7, 0.5), (5, 3), (REST, 1)]
    sing(mix, call + question + rise + answer + close, tempo, Touch(sway=0.004, hold=0.9), 0.56)

    # One chord a bar, as steps of the scale: D, B minor, E (open), A (open).
    tonic, minor, second, fifth = (-5, 0, 2, 3), (-6, -1, 0, 2), (-4, 1, 3, 4), (-7, -2, 1, 3)
    bars = [tonic, minor, second, fifth, tonic, minor, second, tonic, fifth, tonic]
    thumb, finger = Touch(soft=22, ring=2.4), Touch(soft=12, ring=1.8)
    for bar, chord in enumerate(bars):
        start = bar * 4 * tempo.beat
        ending = bar == len(bars) - 1
        for beat in (0,) if ending else (0, 2):
            low = pluck(tempo.hertz(chord[0]), 2.2, thumb, 10 + bar)
            mix.add(low, start + beat * tempo.beat, 0.4, pan=-0.08, send=0.12)
        for count, voice in enumerate((1, 2, 3) if ending else (0, 2, 1, 3, 2, 1, 3, 2)):
            at = start + count * (0.06 if ending else tempo.beat / 2)
            sound = pluck(tempo.hertz(chord[voice]), 1.4, finger, 40 + 8 * bar + count)
            mix.add(sound, at, 0.21, pan=0.45 if count % 2 else -0.45, send=0.3)
        for voice in chord[1:]:
            mix.add(pad(tempo.hertz(voice), 4 * tempo.beat + 0.8), start, 0.045, send=0.4)

    hit, high, wood = drum(), clapper(1150), clapper(860)
    entry = 4  # the first bar is for the drum alone
    for beat in range(37):
        at = beat * tempo.beat
        if beat % 2 == 0:
            mix.add(hit, at, 0.42 if beat % 4 == 0 else 0.3, send=0.08)
        elif beat >= entry:
            mix.add(high if beat % 4 == 1 else wood, at, 0.12, pan=0.25, send=0.4)
        for half in range(2):
            hiss = shaker(300 + 2 * beat + half)
            mix.add(hiss, at + half * tempo.beat / 2, (0.06, 0.09)[half], pan=-0.3)
    return finish(mix, seconds=1.5, drive=0.3, fade=(0.06, 1.6))


def homeland() -> Samples:
    """Return “Quê hương”: eight bars of four, slow chords, a swaying string and a few low tones."""
    tempo = Tempo(beat=0.75, root=67)
    mix = Mix()
    first: Tune = [(2, 1.5), (3, 0.5), (4, 2), (3, 1), (2, 0.5), (1, 0.5), (2, 2)]
    second: Tune = [(0, 1), (1, 0.5), (2, 0.5), (3, 1.5), (2, 0.5), (1, 3), (REST, 1)]
    third: Tune = [(2, 0.5), (3, 0.5), (5, 1.5), (4, 0.5), (3, 1), (4, 1), (3, 0.5), (2, 0.5), (1, 2)]
    fourth: Tune = [(-1, 0.5), (0, 0.5), (1, 1), (2, 0.5), (1, 0.5), (-1, 1), (0, 3), (REST, 1)]
    sing(mix, first + second + third + fourth, tempo, Touch(sway=0.007, hold=1.9), 0.56)

    # One chord a bar, as steps of the scale: G, E minor, A (open), D (open).
    home, shade, field_, way = (-10, -5, -3, -2), (-11, -6, -5, -3), (-9, -4, -2, -1), (-7, -4, -2, 1)
    bars = [home, shade, field_, way, home, shade, way, home]
    thumb, finger = Touch(soft=30, ring=3.6), Touch(soft=20, ring=2.8)
    for bar, chord in enumerate(bars):
        start = bar * 4 * tempo.beat
        length = min(4 * tempo.beat + 1.5, SECONDS - start)
        for voice, pan in zip(chord, (-0.5, 0.4, -0.2, 0.5), strict=True):
            mix.add(pad(tempo.hertz(voice), length), start, 0.05, pan=pan, send=0.4)
        mix.add(pluck(tempo.hertz(chord[0]), 3.0, thumb, 700 + bar), start, 0.3, send=0.2)
        for count, voice in enumerate((1, 2, 3) if bar == len(bars) - 1 else (1, 2, 3, 2)):
            at = start + (0.5 + count) * tempo.beat
            sound = pluck(tempo.hertz(chord[voice]), 2.2, finger, 740 + 8 * bar + count)
            mix.add(sound, at, 0.17, pan=0.4 if count % 2 else -0.4, send=0.45)
    return finish(mix, seconds=2.6, drive=0.1, fade=(0.25, 2.2))


def write(path: Path, sound: Samples) -> None:
    """Write a FLAC file of 16 bit that says nothing of the hour or the program."""
    words = np.round(sound.T * 32767).astype("<i2").tobytes()
    source = ["-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0"]
    silent = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    coded = ["-c:a", "flac", "-sample_fmt", "s16", "-compression_level", "8", str(path)]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *source, *silent, *coded]
    subprocess.run(command, input=words, check=True)


def main() -> None:
    """Write both pieces beside this file."""
    here = Path(__file__).resolve().parent
    write(here / "nhip-xuan.flac", spring_beat())
    write(here / "que-huong.flac", homeland())


if __name__ == "__main__":
    main()

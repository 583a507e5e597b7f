"""Clips: streams, frames, motion, sound, and the same bytes twice. Read back by PyAV, which is not the encoder."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import av
import cv2
import imageio_ffmpeg
import numpy as np
import pytest
from hand_page import COLOURS, RESOURCES, document, face, item, read_bytes, run, screen, shape
from numpy.typing import NDArray

from producer.brand.model import Ink
from producer.diagnostics import ProducerError
from producer.geometry import Box
from producer.layout.font import FontBook
from producer.layout.model import Counter, Cue, Document, Item, Motion, Page, Photo, Zoom
from producer.render._skia import skia
from producer.render.clip.ffmpeg import Program, decode_sound, encode
from producer.render.clip.ffmpeg import run as run_ffmpeg
from producer.render.clip.frame import ClipFrames, PageFrames
from producer.render.clip.layer import figure_runs
from producer.render.clip.motion import counted, pose, zoomed
from producer.render.clip.render import render_clip, subtitles
from producer.render.clip.segment import render_segment, segments
from producer.render.clip.sound import clip_sound
from producer.render.clip.yuv import I420
from producer.render.model import FfmpegError
from producer.render.paint import Painter
from producer.scene.model import Picture, Role, Sound

WIDTH, HEIGHT = 180, 320
WHOLE = Box(0, 0, WIDTH, HEIGHT)
Pixels = NDArray[np.uint8]


def page(*items: Item, frames: int = 30) -> Page:
    """One page in time."""
    return Page("page", "Trang", items, (), frames)


def ground(token: str) -> Item:
    """A page filled with one ink."""
    return item(Role.DECORATION, WHOLE, shape(WHOLE, token))


def clip(*pages: Page, between: str = "cut", sound: Sound | None = None) -> Document:
    """A clip of pages at 30 frames a second."""
    base = document(screen(WIDTH, HEIGHT), form="mp4")
    return replace(base, pages=pages, between=between, sound=sound)


def counter(amount: str = "1250", words: str = "1.250", decimals: int = 0) -> Counter:
    """A figure that ends as ``words``."""
    cells = FontBook(read_bytes).digit_cells(face(), 40)
    final = run(words, 20, 200, 40, "gold")
    return Counter(
        (final,), face(), 40, Ink("gold"), cells.digits, cells.group_mark, cells.decimal_mark,
        cells.digit_width, cells.mark_width, 20, 170, 200, Decimal(amount), decimals,
    )  # fmt: skip


RISE = Motion("rise", 3, 10, 40)
TITLE = replace(item(Role.TITLE, WHOLE, run("Nghĩa tình", 12, 160, 24, "gold")), motion=RISE)
COUNTING = replace(item(Role.FIGURE, WHOLE, counter()), motion=Motion("rise", 0, 20, 10))
ZOOMING = replace(
    item(Role.DECORATION, WHOLE, Photo(Picture("ramp.jpg", "ramp", 300, 200), WHOLE, Box(90, 0, 112.5, 200))),
    zoom=Zoom(Box(90, 0, 112.5, 200), Box(100, 20, 90, 160)),
)


@cache
def made() -> bytes:
    """A clip of three pages: words over a photograph, a figure, an end."""
    veil = item(Role.DECORATION, WHOLE, shape(WHOLE, "deep", 0.4))
    pages = (
        page(ZOOMING, veil, TITLE),
        page(ground("blue"), COUNTING, frames=27),
        page(ground("gold"), frames=15),
    )
    return render_clip(clip(*pages, between="slide"), RESOURCES).data


@cache
def decoded(data: bytes) -> tuple[Pixels, ...]:
    """All frames of a file as BGR by its own BT.709 tags."""
    with av.open(io.BytesIO(data)) as file:
        return tuple(
            frame.to_ndarray(format="bgr24", src_colorspace="ITU709") for frame in file.decode(video=0)
        )


def painted(*items: Item) -> Pixels:
    """Items as the painter leaves them, BGR."""
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    info = skia.ImageInfo.Make(WIDTH, HEIGHT, skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType)
    canvas, painter = skia.Surface.MakeRasterDirect(info, pixels).getCanvas(), Painter(RESOURCES)
    for one in items:
        painter.paint_item(canvas, one)
    return pixels[..., :3]


def test_streams_are_what_platforms_take() -> None:
    """H.264 High, 4:2:0, BT.709, 30 frames/s without a gap; AAC-LC, 48 kHz, stereo; the index comes first."""
    with av.open(io.BytesIO(made())) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        context = video.codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (
            1,
            1,
            1,
            1,
        )
        assert (context.width, context.height, video.average_rate) == (WIDTH, HEIGHT, 30)
        assert (audio.codec_context.name, audio.codec_context.profile) == ("aac", "LC")
        assert (audio.codec_context.sample_rate, audio.codec_context.channels) == (48_000, 2)
        times = [float(frame.pts * video.time_base) for frame in file.decode(video=0)]
    assert times == pytest.approx([number / 30 for number in range(72)], abs=1e-9)
    assert 0 < made().index(b"moov") < made().index(b"mdat")
    assert b"Lavf" not in made()


def test_sound_is_as_long_as_the_pictures() -> None:
    """Both streams last 2.4 s, a silent one too."""
    with av.open(io.BytesIO(made())) as file:
        lengths = [float(stream.duration * stream.time_base) for stream in file.streams]
    assert lengths == pytest.approx([2.4, 2.4], abs=0.03)


def test_two_renders_are_the_same_bytes() -> None:
    """Nothing of the moment gets in."""
    part = clip(page(ground("blue"), COUNTING, frames=12), sound=Sound("tone.flac", ""))
    resources = replace(
        RESOURCES, read_bytes=lambda path: tone() if path == "tone.flac" else read_bytes(path)
    )

    assert render_clip(part, resources).data == render_clip(part, resources).data


@pytest.mark.parametrize("token", ["blue", "deep", "gold", "ink", "paper"])
def test_brand_colours_come_back_from_the_film(token: str) -> None:
    """A page of one ink decodes to its sRGB within 2 of 255."""
    part = clip(page(ground(token), frames=2))
    frame = decoded(render_segment(part, 0, 0, 2, RESOURCES))[-1]

    colour = COLOURS[token]
    assert np.abs(frame[100, 90].astype(int) - (colour.blue, colour.green, colour.red)).max() <= 2


def test_our_yuv_is_bt709() -> None:
    """Random px are within 1 of the sums of BT.709 in floats; part of the rows may be converted alone."""
    frame = np.random.default_rng(7).integers(0, 256, (16, 8, 4), np.uint8)
    picture = I420(8, 16)
    picture.fill(frame, 0, 6)
    picture.fill(frame, 6, 16)

    blue, green, red = (frame[..., channel].astype(float) for channel in range(3))
    luma = 16 + 219 / 255 * (0.2126 * red + 0.7152 * green + 0.0722 * blue)
    assert np.abs(picture.luma - luma).max() <= 1.01
    small = cv2.resize(frame, (4, 8), interpolation=cv2.INTER_AREA).astype(float)
    luma = 0.2126 * small[..., 2] + 0.7152 * small[..., 1] + 0.0722 * small[..., 0]
    cb = 128 + 224 / 255 * (small[..., 0] - luma) / 1.8556
    cr = 128 + 224 / 255 * (small[..., 2] - luma) / 1.5748
    assert np.abs(picture.chroma - np.stack([cb, cr])).max() <= 1.5


def test_a_page_ends_as_it_is_painted() -> None:
    """After all entrances a frame is the still page, px for px; at the first the words are not there yet."""
    frames = PageFrames(page(ground("blue"), TITLE), (WIDTH, HEIGHT), Painter(RESOURCES))

    frames.show(0)
    assert (frames.pixels[..., :3] == painted(ground("blue"))).all()
    for number in range(1, 30):
        frames.show(number)
    difference = np.abs(frames.pixels[..., :3].astype(int) - painted(ground("blue"), TITLE))
    assert difference.max() <= 1  # edges of letters are rounded once more on their way through a layer


def test_painting_only_what_moves_changes_nothing() -> None:
    """A frame reached step by step equals the same frame painted at once."""
    veil = item(Role.DECORATION, Box(0, 0, WIDTH, 200), shape(Box(0, 0, WIDTH, 200), "deep", 0.4))
    moving = page(ground("blue"), COUNTING, veil, TITLE)
    steps = PageFrames(moving, (WIDTH, HEIGHT), Painter(RESOURCES))
    for number in range(30):
        steps.show(number)
        once = PageFrames(moving, (WIDTH, HEIGHT), Painter(RESOURCES))
        once.show(number)
        assert (steps.pixels == once.pixels).all(), number


def test_still_frames_are_neither_painted_nor_converted() -> None:
    """When nothing moves any more no row counts as changed."""
    frames = ClipFrames(clip(page(ground("blue"), TITLE)), 0, Painter(RESOURCES))

    changed = [frames.show(number)[1] for number in range(30)]
    assert changed[0] == (0, HEIGHT)
    assert 0 < changed[8][0] < changed[8][1] < HEIGHT
    assert changed[14:] == [(0, 0)] * 16


def test_the_next_page_slides_over_the_last() -> None:
    """On the way the upper rows are the old page's last frame; after 12 frames it is gone."""
    film = decoded(
        render_clip(clip(page(ground("gold")), page(ground("blue")), between="slide"), RESOURCES).data
    )
    gold, blue = (235, 198), (162, 11)

    tops = [int(frame[2, 90, 2]) for frame in film]
    assert tops[29] > gold[1]
    assert tops[30] > gold[1]
    assert tops[42] < blue[1] + 20
    share = [(frame[:, 90, 2] < 100).mean() for frame in film[29:43]]
    assert share[0] == 0
    assert share[1] > 0.1
    assert share == sorted(share)
    assert share[12] == 1


def test_a_fade_mixes_both_pages() -> None:
    """Half way through, the colour is half way."""
    frames = ClipFrames(
        clip(page(ground("gold")), page(ground("blue")), between="fade"), 1, Painter(RESOURCES)
    )

    pixels, _ = frames.show(5)
    assert pixels[100, 90, :3].tolist() == pytest.approx(
        [(162 + 26) / 2, (77 + 198) / 2, (11 + 255) / 2], abs=1
    )


@pytest.mark.parametrize(
    ("frame", "alpha", "below"), [(0, 0, 40), (3, 0, 40), (8, 0.875, 5), (13, 1, 0), (99, 1, 0)]
)
def test_words_rise_and_settle(frame: int, alpha: float, below: float) -> None:
    """Nothing before the start, most of the way by half time, exactly in place at the end."""
    assert pose(RISE, frame) == pytest.approx((alpha, below))


def test_a_zoom_runs_from_its_first_crop_to_its_last() -> None:
    """The ends are exact and the middle is half way."""
    zoom = Zoom(Box(0, 0, 100, 200), Box(10, 20, 80, 160))

    assert [zoomed(zoom, frame, 31) for frame in (0, 30)] == [zoom.first, zoom.last]
    middle = zoomed(zoom, 15, 31)
    assert (middle.x, middle.y, middle.width, middle.height) == pytest.approx((5, 10, 90, 180))


def test_a_zoomed_photograph_stands_where_its_crop_says() -> None:
    """The last frame is within a few levels of the painter's own picture of the last crop."""
    frames = PageFrames(page(ZOOMING), (WIDTH, HEIGHT), Painter(RESOURCES))
    frames.show(29)
    assert ZOOMING.zoom
    still = item(
        Role.DECORATION, WHOLE, Photo(Picture("ramp.jpg", "ramp", 300, 200), WHOLE, ZOOMING.zoom.last)
    )

    assert np.abs(frames.pixels[..., :3].astype(int) - painted(still)).mean() < 1


@pytest.mark.parametrize(
    ("amount", "decimals", "frame", "figure"),
    [
        ("1250", 0, 0, "0"),
        ("1250", 0, 15, "1.230"),
        ("1250", 0, 20, None),
        ("43.5", 1, 10, "38,1"),
        ("-4", 0, 1, None),
    ],
)
def test_counters_count_in_vietnamese(amount: str, decimals: int, frame: int, figure: str | None) -> None:
    """From 0 up, with the marks of the language; at the end the words themselves stand there."""
    assert counted(counter(amount, "1", decimals), Motion("rise", 0, 20), frame) == figure


def test_a_counter_ends_glyph_for_glyph() -> None:
    """The last frame is the final words, as if nothing had ever moved."""
    frames = PageFrames(page(ground("blue"), COUNTING), (WIDTH, HEIGHT), Painter(RESOURCES))
    frames.show(10)
    counting = frames.pixels.copy()
    frames.show(29)

    final = painted(ground("blue"), item(Role.FIGURE, WHOLE, *counter().final))
    assert (frames.pixels[..., :3] == final).all()
    assert (counting[..., :3] != final).any()


def test_words_beside_a_counter_stay() -> None:
    """What the final runs say before and after the figure stands still while it counts, the units' digit too."""
    whole = counter(words="hơn 1.250 suất")
    (final,) = whole.final
    *beside, moving = figure_runs(whole, "7", lambda _: whole.digit_width)

    assert [run.points for run in beside] == [final.points[:4], final.points[9:]]
    assert moving.glyphs == (whole.digits[7],)
    assert moving.points[0][0] == pytest.approx(final.points[8][0])


def test_long_pages_are_cut() -> None:
    """Segments cover every frame once, and none is longer than 4 s."""
    long = clip(page(ground("blue"), frames=300), page(ground("gold")), page(ground("deep")), between="slide")

    assert [(one.page_index, one.first, one.stop) for one in segments(long)] == [
        (0, 0, 96), (0, 96, 198), (0, 198, 300), (1, 0, 30), (2, 0, 30),
    ]  # fmt: skip


def test_subtitles_come_with_the_clip() -> None:
    """Cues go out in SubRip's form, in frames turned to ms."""
    cues = Cue(0, 45, "Một"), Cue(45, 110_000, "Hai\nba")

    assert subtitles(cues, 30) == (
        "1\n00:00:00,000 --> 00:00:01,500\nMột\n\n2\n00:00:01,500 --> 01:01:06,666\nHai\nba\n"
    )


@cache
def tone(seconds: float = 1.0) -> bytes:
    """A FLAC file of a quiet tone with clicks that a limiter has to hold."""
    time = np.arange(int(44_100 * seconds)) / 44_100
    wave = 0.05 * np.sin(2 * np.pi * 440 * time)
    wave[::11_025] = 0.6
    samples = (np.stack([wave, wave], axis=1) * 32_767).astype("<i2").tobytes()
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-loglevel",
        "error",
        "-f",
        "s16le",
        "-ar",
        "44100",
        "-ac",
        "2",
    ]
    command += ["-i", "pipe:0", "-f", "flac", "pipe:1"]
    return subprocess.run(command, input=samples, capture_output=True, check=True).stdout


def test_music_is_looped_faded_and_level() -> None:
    """1 s of music fills 4 s: -14 LUFS ± 1, peaks under -1 dBTP, silent at both ends."""
    resources = replace(
        RESOURCES, read_bytes=lambda path: tone() if path == "tone.flac" else read_bytes(path)
    )
    data = render_clip(clip(page(ground("blue"), frames=120), sound=Sound("tone.flac", "")), resources).data

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", "pipe:0", "-af", "ebur128=peak=true"]
    said = subprocess.run(
        [*command, "-f", "null", "-"], input=data, capture_output=True, check=True
    ).stderr.decode()
    summary = said[said.rindex("Summary:") :]
    integrated, peak = (float(re.findall(rf"{name}:\s+(-?[\d.]+)", summary)[0]) for name in ("I", "Peak"))
    assert -15 <= integrated <= -13
    assert peak <= -1
    samples = np.frombuffer(clip_sound(Sound("tone.flac", ""), 120, 30, resources), "<f4").reshape(-1, 2)
    assert len(samples) == 4 * 48_000
    loud = np.abs(samples[48_000:96_000]).max()
    assert np.abs(samples[:100]).max() < loud / 10
    assert np.abs(samples[-100:]).max() < loud / 10


@pytest.mark.parametrize("data", [b"", b"ID3 not music", b"fLaC" + bytes(40), b"#EXTM3U\n/etc/passwd"])
def test_what_is_no_music_is_refused(data: bytes) -> None:
    """A broken file, another kind, a play list that points elsewhere: an error that names the file."""
    resources = replace(RESOURCES, read_bytes=lambda _: data)
    with pytest.raises(ProducerError) as error:
        clip_sound(Sound("assets/music/x.flac", ""), 30, 30, resources)
    assert [(one.code, one.span.file) for one in error.value.diagnostics] == [
        ("sound/unreadable", "assets/music/x.flac")
    ]


def test_a_failed_child_shows_what_it_said() -> None:
    """Command, exit status and last lines."""
    with pytest.raises(FfmpegError, match=r"(?s)exit status [1-9].*-f flac.*Invalid"):
        decode_sound(Program(), b"nothing", "flac", 1)


def test_a_frame_too_few_is_a_failure() -> None:
    """A file with another number of frames than was asked for does not count."""
    frames = (I420(32, 32).data for _ in range(3))
    with pytest.raises(FfmpegError, match="3 of 4 frames"):
        encode(Program(), (32, 32), 30, frames, 4)


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process in the way of POSIX")
def test_a_child_ends_with_us(tmp_path: Path) -> None:
    """When painting fails half way no child is left behind."""
    note = tmp_path / "pid"

    def broken() -> Iterator[bytes]:
        while not (note.exists() and note.read_text()):
            time.sleep(0.01)
        yield b"x"
        raise KeyError("paint")

    script = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    with pytest.raises(KeyError):
        run_ffmpeg([sys.executable, "-c", script], broken())
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


@pytest.mark.skipif(sys.platform == "win32", reason="a program in the shell's language")
@pytest.mark.parametrize(
    ("script", "status", "frames"),
    [
        ("echo broken >&2; exit 3", 3, None),
        ("kill -9 $$", -9, None),
        ("cat > /dev/null", 0, (0, 4)),
        ("cat > /dev/null; echo frame=2", 0, (2, 4)),
        (None, None, None),
    ],
)
def test_what_became_of_the_encoder(
    script: str | None, status: int | None, frames: tuple[int, int] | None, tmp_path: Path
) -> None:
    """Whether it failed, was killed, wrote too few frames or never began is told apart."""
    program = tmp_path / "ffmpeg"
    if script is not None:
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    pictures = (I420(32, 32).data for _ in range(4))

    with pytest.raises(FfmpegError) as error:
        encode(Program(str(program)), (32, 32), 30, pictures, 4)

    assert (error.value.status, error.value.frames) == (status, frames)


@pytest.mark.skipif(sys.platform == "win32", reason="a program in the shell's language")
def test_a_killed_decoder_says_nothing_of_the_music(tmp_path: Path) -> None:
    """A file that ffmpeg had no time to read is not called unreadable."""
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nkill -9 $$\n")
    program.chmod(0o755)
    resources = replace(RESOURCES, read_bytes=lambda _: b"fLaC", ffmpeg=str(program))

    with pytest.raises(FfmpegError):
        clip_sound(Sound("assets/music/x.flac", ""), 30, 30, resources)

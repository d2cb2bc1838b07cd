"""A photograph is made as small as pages show it, and keeps nothing of the camera's."""

from io import BytesIO

import pytest
from PIL import Image

from bibfolio.sources.pictures import fault, smaller
from tests.photographs import PLACE, photograph

WIDTHS = (160, 320, 480)


@pytest.fixture
def made(tmp_path):
    """`made(NAME, DATA)`: what is made of a file."""

    def make(name: str, data: bytes):
        (tmp_path / name).write_bytes(data)
        return smaller(tmp_path / name, WIDTHS)

    return make


def saved(picture: Image.Image, form: str = "PNG", **options) -> bytes:
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.JPG"), ("PNG", "a.png")])
def test_a_photograph_is_made_small_and_upright_and_says_not_where_it_was_taken(
    made, form, name, turned
):
    data = photograph(900, 1200, form, turned=turned)
    assert PLACE in data
    found = made(name, data)
    assert [(width, height) for width, height, _ in found] == [(160, 213), (320, 427), (480, 640)]
    for width, height, file in found:
        picture = opened(file)
        assert picture.size == (width, height)
        top, foot = (picture.getpixel((width // 2, y))[1] for y in (5, height - 5))
        assert top < foot - 50
        assert PLACE not in file
        assert not picture.getexif()
        assert len(file) < len(data) / 10


def test_the_same_photograph_makes_the_same_files(made):
    data = photograph(900, 1200)
    assert made("a.jpg", data) == made("b.jpg", data)


def test_no_picture_is_made_larger_than_it_is(made):
    found = made("a.png", photograph(300, 400, "PNG"))
    assert [width for width, _height, _data in found] == [160, 300]


def test_a_picture_without_ground_stays_so_and_colours_keep_their_meaning(made):
    picture = opened(photograph(900, 900)).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    found = made("a.png", saved(picture, icc_profile=b"of this camera"))
    smallest = opened(found[0][2])
    assert smallest.getpixel((80, 2))[3] < smallest.getpixel((80, 157))[3] - 200
    assert smallest.info["icc_profile"] == b"of this camera"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_kind_of_picture_is_understood(made, mode):
    noise = Image.effect_noise((1200, 1200), 100)
    picture = noise.convert("I").convert("I;16") if mode == "I;16" else noise.convert(mode)
    assert len(made("a.tif", saved(picture, "TIFF"))) == 3


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("small.jpg", photograph(60, 80)),
        ("drawing.svg", b"<svg>" + b" " * 200_000 + b"</svg>"),
    ],
)
def test_what_is_small_or_drawn_is_left_as_it_is(made, tmp_path, name, data):
    assert made(name, data) == ()
    assert fault(tmp_path / name) == ""


def test_a_file_that_is_not_there_is_told_elsewhere(tmp_path):
    for path in (tmp_path / "none.jpg", tmp_path):
        assert (smaller(path, WIDTHS), fault(path)) == ((), "")


BOMB = saved(Image.new("1", (12_000, 12_000))) + bytes(100_000)


@pytest.mark.parametrize(
    "data",
    [
        bytes(200_000),
        b"no picture",
        photograph(900, 1200)[:150_000],
        photograph(900, 1200, "PNG")[:150_000],
        photograph(60, 80)[:-200],
        BOMB,
    ],
    ids=["nothing", "words", "half a JPEG", "half a PNG", "a small one", "too many pixels"],
)
def test_what_cannot_be_read_is_told_with_a_cure(made, tmp_path, data):
    assert made("a.jpg", data) == ()
    assert "save it as JPEG or PNG, at most 1,200 px wide" in fault(tmp_path / "a.jpg")


def test_what_moves_is_its_first_picture_also_where_it_is_small(made):
    first, second = (Image.new("RGB", (200, 100), colour) for colour in ("red", "blue"))
    moving = saved(first, "GIF", save_all=True, append_images=[second], duration=100)
    found = made("a.GIF", moving)
    assert [width for width, _height, _data in found] == [160, 200]
    picture = opened(found[0][2])
    assert getattr(picture, "n_frames", 1) == 1
    red, _green, blue = picture.getpixel((80, 40))[:3]
    assert red > blue + 150


def test_a_picture_that_has_changed_is_read_again(made):
    assert not made("a.jpg", bytes(200_000))
    assert made("a.jpg", photograph(900, 1200))

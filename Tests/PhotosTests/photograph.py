"""Makes of a clean picture of a code what cameras and programs make of it: photograph.py CLEAN.png OTHER.png OUTDIR.
Each file's name says what was done; those named none-* have no code to be read."""

import pathlib
import random
import sys

from PIL import Image, ImageFilter


def page_with(code, width=1240, height=1754):
    page = Image.new("L", (width, height), 250)
    page.paste(code.resize((380, 380), Image.Resampling.NEAREST), (width - 480, height - 520))
    return page


def photographed(page, tilt, blur, noise):
    """The page on a table, seen from the side, a little out of focus, by a grainy sensor."""
    width, height = page.size
    out = (width + 300, height + 200)
    table = Image.new("L", out, 90)
    table.paste(page, (150, 100))
    corners = (tilt, 0, 0, out[1], out[0], out[1] - tilt, out[0] - tilt, tilt // 2)
    seen = table.transform(out, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=90)
    seen = seen.filter(ImageFilter.GaussianBlur(blur))
    source = random.Random(7)
    grain = Image.frombytes("L", out, source.randbytes(out[0] * out[1]))
    return Image.blend(seen, grain, noise)


def seen_from(page, source, blur):
    """The page as hands hold a phone close over it: each corner somewhere else."""
    width, height = page.size
    table = Image.new("L", (width + 300, height + 200), 95)
    table.paste(page, (150, 100))
    right, low = table.size
    corners = [edge + source.uniform(-40, 40) for edge in (60, 20, 40, low - 10, right - 20, low - 60, right - 80, 40)]
    seen = table.transform(table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=95)
    grain = Image.frombytes("L", table.size, source.randbytes(right * low))
    return Image.blend(seen.filter(ImageFilter.GaussianBlur(blur)), grain, 0.08)


def turned_back(picture, orientation):
    """As a camera stores what it saw when it was held so."""
    for turn in {2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}.get(orientation, []):
        picture = picture.transpose(turn)
    return picture


def quarters(out):
    """Red and green above, blue and white below, in all the ways in which files have colours."""
    picture = Image.new("RGB", (80, 120), "white")
    for colour, place in {"#ff0000": (0, 0), "#00ff00": (40, 0), "#0000ff": (0, 60)}.items():
        picture.paste(colour, (*place, place[0] + 40, place[1] + 60))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        turned_back(picture, orientation).save(out / f"quarters-{orientation}.jpg", quality=95, exif=exif, subsampling=0)
    picture.convert("CMYK").save(out / "quarters-cmyk.jpg", quality=95)
    picture.save(out / "quarters-progressive.jpg", quality=95, progressive=True, subsampling=0)
    picture.resize((1600, 2400), Image.Resampling.NEAREST).save(out / "quarters-large.jpg", quality=95)
    picture.save(out / "quarters.png")
    picture.convert("P", palette=Image.Palette.ADAPTIVE).save(out / "quarters-palette.png")
    clear = picture.convert("RGBA")
    clear.paste((0, 0, 0, 0), (40, 60, 80, 120))
    clear.save(out / "quarters-clear.png")
    whole = (out / "quarters-large.jpg").read_bytes()
    (out / "quarters-cut.jpg").write_bytes(whole[:len(whole) // 2])
    (out / "quarters-cut.png").write_bytes((out / "quarters.png").read_bytes()[:-20])
    (out / "quarters-trailer.jpg").write_bytes((out / "quarters-1.jpg").read_bytes() + b"what telephones add")


def main():
    code, other = (Image.open(path).convert("L") for path in sys.argv[1:3])
    out = pathlib.Path(sys.argv[3])
    page = page_with(code)
    photo = photographed(page, 90, 1.2, 0.12)
    photo.save(out / "photo.jpg", quality=75)
    photo.convert("RGB").save(out / "progressive.jpg", quality=75, progressive=True)
    photo.convert("CMYK").save(out / "cmyk.jpg", quality=80)
    photo.rotate(33, expand=True, fillcolor=90).save(out / "turned.webp", quality=80)
    photo.resize((photo.width * 3, photo.height * 3)).save(out / "large.jpg", quality=60)
    page.convert("RGBA").save(out / "screenshot.png")
    page.convert("P").save(out / "palette.png")
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        turns = {2: [0], 3: [3], 4: [1], 5: [5], 6: [4], 7: [6], 8: [2]}.get(orientation, [])
        turned = photo
        for turn in turns:
            turned = turned.transpose(turn)
        turned.save(out / f"exif-{orientation}.jpg", quality=80, exif=exif)
    source, near = random.Random(11), (620, 1094, 1240, 1754)
    for view in range(1, 9):
        seen_from(page.crop(near), source, 0.9 if view % 2 else 1.5).save(out / f"hand-{view}.jpg", quality=80)
    # A school's own code, easier to read, beside the certificate's.
    page.paste(other.resize((120, 120)), (640, 1300))
    seen_from(page.crop(near), source, 1.5).save(out / "beside.jpg", quality=80)
    quarters(out)
    Image.new("L", (800, 600), 200).save(out / "none-blank.png")
    Image.new("1", (9000, 9000)).save(out / "bomb.png")
    Image.new("L", (60000, 1200), 128).save(out / "bomb.jpg", quality=10, progressive=True)
    (out / "cut.jpg").write_bytes((out / "photo.jpg").read_bytes()[:300])
    (out / "cut.png").write_bytes((out / "screenshot.png").read_bytes()[:2000])
    (out / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))


main()

"""Makes of a clean picture of a code what cameras and programs make of it: photograph.py CLEAN.png OUTDIR.
Each file's name says what was done; those named none-* have no code to be read."""

import pathlib
import random
import sys

from PIL import Image, ImageFilter, ImageOps


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


def main():
    code, out = Image.open(sys.argv[1]).convert("L"), pathlib.Path(sys.argv[2])
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
    Image.new("L", (800, 600), 200).save(out / "none-blank.png")
    Image.new("1", (9000, 9000)).save(out / "bomb.png")
    Image.new("L", (60000, 1200), 128).save(out / "bomb.jpg", quality=10, progressive=True)
    (out / "cut.jpg").write_bytes((out / "photo.jpg").read_bytes()[:300])
    (out / "cut.png").write_bytes((out / "screenshot.png").read_bytes()[:2000])
    (out / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))


main()

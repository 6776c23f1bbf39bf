#!/usr/bin/env python3
"""Pictures that hurt a careless reader, as candidates' photos and as pictures of a look: each costs its own certificate at
most, is named with what to do, and never reaches the process that draws and signs.

Usage: pictures.py --signet PATH
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from PIL import Image

import photos
from photos import check

BOMBS = pathlib.Path(__file__).resolve().parent.parent / "ParsingTests/bombs.py"
DECODE = "import sys; from PIL import Image; Image.MAX_IMAGE_PIXELS = None; Image.open(sys.argv[1]).load()"


def peak(words, environment=None):
    """The most memory that a command had itself, without the processes that it started, in KiB."""
    process = subprocess.Popen([str(word) for word in words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        most = max([most, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))])
        time.sleep(0.002)
    return most


def bombs(folder):
    subprocess.run([sys.executable, BOMBS, folder], check=True)
    (folder / "nothing.png").write_bytes(b"")
    (folder / "text.jpg").write_bytes(b"no picture")
    photos.saved(folder / "whole.jpg")
    (folder / "cut.jpg").write_bytes((folder / "whole.jpg").read_bytes()[:-400])
    (folder / "whole.jpg").unlink()
    Image.new("CMYK", (300, 420)).save(folder / "harmless.jpg")
    return sorted([*folder.glob("*.png"), *folder.glob("*.jpg")])


def as_photos(region, college, pictures, folder):
    """Four at a time, beside a good one."""
    place = folder / college["id"]
    place.mkdir(parents=True)
    for start in range(0, len(pictures), 4):
        part = pictures[start:start + 4]
        shutil.rmtree(place)
        photos.saved(place / f"{college['numbers'][4]}.jpg")
        for number, picture in zip(college["numbers"], part, strict=False):
            shutil.copy(picture, place / f"{number}{picture.suffix}")
        region.run("documents", "approve", "--batch", college["batch"], "--photos", folder, "--yes")
        out = region.folder / f"bombs-{start}"
        words = region.run("documents", "make", "--batch", college["batch"], "--photos", folder, "--out", out, code=None)
        made = {path.name.split("-")[0] for path in out.glob("*.pdf")}
        for number, picture in zip(college["numbers"], part, strict=False):
            named = f"{number}: the picture {number}{picture.suffix} cannot be used" in words
            check(f"{picture.name} as a photo is printed, or named", (number in made) != named, words)
            if picture.stem in ("pixels", "nothing", "text", "cut"):
                check(f"{picture.name} is refused, with what to do", named and any(
                    word in words for word in ("get it again", "save it again as one", "make it 20 MiB")), words)
        check("the others are made", made >= set(college["numbers"][len(part):]), words)


def as_look(region, pictures):
    """A picture of a look; the institution's seal image goes the same way."""
    look = region.folder / "look"
    look.mkdir()
    region.run("documents", "template", "--out", look / "look.json")
    template = json.loads((look / "look.json").read_text())
    template["elements"].append({"type": "image", "file": "seal.png", "x": 20, "y": 20, "width": 20, "height": 20})
    (look / "look.json").write_text(json.dumps(template))
    command = [region.signet, "documents", "preview", "--template", look / "look.json", "--out", look / "preview.pdf"]
    Image.new("RGBA", (300, 300), (200, 0, 0, 90)).save(look / "seal.png")
    words = region.run(*command[1:])
    images = subprocess.run(["pdfimages", "-list", look / "preview.pdf"], capture_output=True, text=True, check=True).stdout
    check("control: a look's picture is drawn with what is see-through", "300   300" in images and "smask" in images, words + images)
    small = peak(command, region.environment)
    for picture in pictures:
        shutil.copy(picture, look / "seal.png")
        words = region.run(*command[1:], code=None)
        check(f"{picture.name} as a picture of a look is drawn, or named",
              "specimen" in words or "the picture seal.png cannot be used" in words, words)
        most = peak(command, region.environment)
        check(f"{picture.name} takes no memory of the process that draws", most < 2 * small, f"{most} of {small} KiB")


def as_seal_image(region, college, bomb):
    folder = region.folder / "home/documents" / college["id"]
    folder.mkdir(parents=True)
    shutil.copy(bomb, folder / "seal.png")
    region.run("documents", "approve", "--batch", college["batch"], "--yes")
    command = ("documents", "make", "--batch", college["batch"], "--out", region.folder / "sealed")
    words = region.run(*command, code=65) + region.run(*command, "--language", "zh", code=65)
    check("a seal image that is of no use stops the command before anything is signed, in either language",
          "institution-seal cannot be used" in words and "请缩小" in words, words)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--signet", required=True)
    signet = os.path.abspath(options.parse_args().signet)
    with tempfile.TemporaryDirectory(prefix="signet-pictures-") as name:
        folder = pathlib.Path(name)
        region = photos.Region(signet, folder)
        (folder / "bombs").mkdir()
        pictures = bombs(folder / "bombs")
        Image.new("L", (8, 8)).save(folder / "small.png")
        usual, hurt = (peak([sys.executable, "-c", DECODE, path]) for path in (folder / "small.png", folder / "bombs/pixels.png"))
        check("control: a decoder in the own process takes many times its memory", hurt > 5 * usual, f"{hurt} of {usual} KiB")
        as_look(region, pictures)
        as_photos(region, region.colleges[0], pictures, folder / "photos")
        as_seal_image(region, region.colleges[1], folder / "bombs/pixels.png")
    print(f"{len(photos.FAILURES)} failures")
    sys.exit(1 if photos.FAILURES else 0)


if __name__ == "__main__":
    main()

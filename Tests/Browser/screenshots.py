"""What a page looks like on a phone and a desktop, in light and dark, in both languages."""


def save(directory, name, show):
    """`show` opens the page; it is given language, width, height and dark."""
    directory.mkdir(parents=True, exist_ok=True)
    for device, width, height in (("phone", 390, 844), ("desktop", 1280, 900)):
        for dark in (False, True):
            for language in ("zh-CN", "en-GB"):
                file = f"{name}-{device}-{'dark' if dark else 'light'}-{language[:2]}.png"
                with show(language=language, width=width, height=height, dark=dark) as page:
                    page.screenshot(directory / file)

"""Reads seals by docs/formats/seal.md alone."""

def seal_bytes(text):
    digits = text.split("#", 1)[1]
    sizes = {17: 7, 3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6}
    groups = [digits[start:start + 17] for start in range(0, len(digits), 17)]
    return b"".join(int(group).to_bytes(sizes[len(group)], "big") for group in groups)

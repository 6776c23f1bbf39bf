"""Prints, for each picture named, the text of the one QR symbol in it, a line each."""

import sys

try:
    import zxingcpp
    from PIL import Image
except ImportError as missing:
    sys.exit(f"python3 lacks {missing.name}: the QR tests need the pip packages zxing-cpp and pillow")

for path in sys.argv[1:]:
    found = zxingcpp.read_barcodes(Image.open(path), formats=zxingcpp.BarcodeFormat.QRCode)
    if len(found) != 1:
        sys.exit(f"{path}: expected one QR symbol, found {len(found)}")
    print(found[0].text)

#include "photo_reader.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <new>
#include <vector>

namespace {

// A page has the certificate's code and perhaps one of the school's; a wall of codes is no certificate.
constexpr int maximumCodes = 8;

ZXing::Results search(const ZXing::ImageView &view, ZXing::Binarizer binarizer) {
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setMaxNumberOfSymbols(maximumCodes);
    hints.setBinarizer(binarizer);
    return ZXing::ReadBarcodes(view, hints);
}

// Half the size, each pixel the mean of four: this takes away the noise of sensors and the grain of print.
std::vector<uint8_t> halved(const photo &picture) {
    const size_t width = picture.width / 2, height = picture.height / 2, stride = picture.width;
    std::vector<uint8_t> pixels(width * height);
    for (size_t y = 0; y < height; y++) {
        const uint8_t *above = picture.pixels + 2 * y * stride;
        const uint8_t *below = above + stride;
        for (size_t x = 0; x < width; x++) {
            pixels[y * width + x] =
                static_cast<uint8_t>((above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1] + 2) / 4);
        }
    }
    return pixels;
}

// As in a mirror: ZXing finds codes at any turn, but not these, which front cameras save.
ZXing::ImageView mirrored(const ZXing::ImageView &view) {
    return {view.data(view.width() - 1, 0), view.width(), view.height(), view.format(), view.rowStride(), -1};
}

// At any turn and also mirrored, so a camera's orientation mark does not matter.
ZXing::Results codes(const photo &picture) {
    using ZXing::Binarizer;
    const ZXing::ImageView whole(picture.pixels, picture.width, picture.height, ZXing::ImageFormat::Lum);
    auto results = search(whole, Binarizer::LocalAverage);
    if (!results.empty() || picture.width < 64 || picture.height < 64) return results;
    const auto pixels = halved(picture);
    const ZXing::ImageView half(pixels.data(), picture.width / 2, picture.height / 2, ZXing::ImageFormat::Lum);
    results = search(half, Binarizer::LocalAverage);
    if (results.empty()) results = search(half, Binarizer::GlobalHistogram);
    if (results.empty()) results = search(whole, Binarizer::GlobalHistogram);
    if (results.empty()) results = search(mirrored(half), Binarizer::LocalAverage);
    if (results.empty()) results = search(mirrored(whole), Binarizer::LocalAverage);
    return results;
}

}  // namespace

int photo_find_codes(const photo *picture, void *context, void (*found)(void *context, const char *text, size_t count)) {
    // No C++ exception may pass into Swift.
    try {
        const auto results = codes(*picture);
        for (const auto &result : results) {
            const auto text = result.text();
            found(context, text.data(), text.size());
        }
        return static_cast<int>(results.size());
    } catch (const std::bad_alloc &) {
        return -1;
    } catch (...) {
        return 0;
    }
}

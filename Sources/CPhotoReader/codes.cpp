#include "photo_reader.h"

#include <zbar.h>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

using namespace zbar;

// A page has the certificate's code and perhaps one of the school's; a wall of codes is no certificate.
constexpr size_t maximumCodes = 8;

using Texts = std::vector<std::string>;

struct Grey {
    const uint8_t *pixels;
    int width, height;

    ZXing::ImageView view() const { return {pixels, width, height, ZXing::ImageFormat::Lum}; }
    // ZXing finds codes at any turn, but not as in a mirror, which front cameras save.
    ZXing::ImageView mirrored() const {
        return {pixels + width - 1, width, height, ZXing::ImageFormat::Lum, width, -1};
    }
};

// The quicker of the two, six times on a tidy picture.
Texts readByZXing(const ZXing::ImageView &view) {
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setMaxNumberOfSymbols(maximumCodes);
    Texts texts;
    for (const auto &result : ZXing::ReadBarcodes(view, hints)) texts.push_back(result.text());
    return texts;
}

// Follows a code's alignment patterns over the whole symbol: it reads dense codes that are seen from the side or
// out of focus, of which ZXing 1.4 loses half.
Texts readByZBar(const Grey &grey) {
    std::unique_ptr<zbar_image_scanner_t, void (*)(zbar_image_scanner_t *)> scanner(
        zbar_image_scanner_create(), zbar_image_scanner_destroy);
    std::unique_ptr<zbar_image_t, void (*)(zbar_image_t *)> image(zbar_image_create(), zbar_image_destroy);
    if (!scanner || !image) throw std::bad_alloc();
    // Its readers of other codes need not see what strangers send.
    zbar_image_scanner_set_config(scanner.get(), ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner.get(), ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_set_format(image.get(), zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image.get(), grey.width, grey.height);
    zbar_image_set_data(image.get(), grey.pixels, size_t(grey.width) * size_t(grey.height), nullptr);
    zbar_scan_image(scanner.get(), image.get());
    Texts texts;
    auto *symbol = zbar_image_first_symbol(image.get());
    for (; symbol && texts.size() < maximumCodes; symbol = zbar_symbol_next(symbol)) {
        texts.emplace_back(zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    }
    return texts;
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

// At any turn and also mirrored, so a camera's orientation mark does not matter. `take` says of what one reader found
// whether it is enough.
template <typename Take>
void look(const photo &picture, Take take) {
    const Grey whole{picture.pixels, picture.width, picture.height};
    if (take(readByZXing(whole.view())) || take(readByZBar(whole))) return;
    if (picture.width < 64 || picture.height < 64) return;
    const auto pixels = halved(picture);
    const Grey half{pixels.data(), picture.width / 2, picture.height / 2};
    if (take(readByZBar(half)) || take(readByZXing(half.view()))) return;
    if (take(readByZXing(half.mirrored()))) return;
    take(readByZXing(whole.mirrored()));
}

}  // namespace

int photo_find_codes(const photo *picture, void *context, int (*found)(void *context, const char *text, size_t count)) {
    // No C++ exception may pass into Swift.
    try {
        look(*picture, [&](const Texts &texts) {
            // All are told: a page's other codes are found beside the one that is wanted.
            bool isEnough = false;
            for (const auto &text : texts) isEnough |= found(context, text.data(), text.size()) != 0;
            return isEnough;
        });
        return 0;
    } catch (const std::bad_alloc &) {
        return -1;
    } catch (...) {
        return 0;
    }
}

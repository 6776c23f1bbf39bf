#include "photo_reader.h"

#include <zbar.h>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

using namespace zbar;

// A page has the certificate's code and perhaps some of the school's; a wall of codes is no certificate.
constexpr size_t maximumCodes = 32;
// Three to each code, and some that print and grain make up: ZXing tries them in threes, zbar in rows.
constexpr size_t maximumCornersOfZXing = 120, maximumCorners = 1500;
// Processor time after which nothing more is tried.
constexpr std::clock_t maximumTime = 3 * CLOCKS_PER_SEC / 2;

using Texts = std::vector<std::string>;

struct Box {
    int left, top, right, bottom;
};

struct Grey {
    const uint8_t *pixels;
    int width, height;

    ZXing::ImageView view() const { return {pixels, width, height, ZXing::ImageFormat::Lum}; }
    // ZXing finds codes at any turn, but not as in a mirror, which front cameras save.
    ZXing::ImageView mirrored() const {
        return {pixels + width - 1, width, height, ZXing::ImageFormat::Lum, width, -1};
    }
};

// The quicker of the two, six times on a tidy picture. `boxes` is told where on the view the codes are.
Texts readByZXing(const ZXing::ImageView &view, std::vector<Box> *boxes = nullptr) {
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setMaxNumberOfSymbols(maximumCodes);
    Texts texts;
    for (const auto &result : ZXing::ReadBarcodes(view, hints)) {
        texts.push_back(result.text());
        if (!boxes) continue;
        const auto &corners = result.position();
        const auto [left, right] = std::minmax({corners[0].x, corners[1].x, corners[2].x, corners[3].x});
        const auto [top, bottom] = std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
        boxes->push_back({left, top, right, bottom});
    }
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

// The middle between the darkest and the lightest pixel. A plain loop: compilers make it take many pixels at once.
uint8_t middleOf(const uint8_t *line, int width) {
    uint8_t low = 255, high = 0;
    for (int x = 0; x < width; x++) {
        low = std::min(low, line[x]);
        high = std::max(high, line[x]);
    }
    return static_cast<uint8_t>((low + high) / 2);
}

// So many pixels are looked at together: most of a page is all light, or all dark.
constexpr int block = 32;

bool isAll(bool isDark, const uint8_t *pixels, uint8_t middle) {
    uint8_t dark = 0;
    for (int x = 0; x < block; x++) dark = static_cast<uint8_t>(dark + (pixels[x] < middle));
    return dark == (isDark ? block : 0);
}

// How many corners of QR codes there seem to be: runs of dark and light as 1:1:3:1:1 (ISO/IEC 18004, 6.3.3), counted on
// each line. A corner of seven modules shows itself on the three in its middle.
size_t countCorners(const Grey &grey) {
    size_t found = 0;
    for (int y = 0; y < grey.height; y++) {
        const uint8_t *line = grey.pixels + size_t(y) * size_t(grey.width);
        const uint8_t middle = middleOf(line, grey.width);
        int runs[5] = {0, 0, 0, 0, 0};
        bool isDark = false;
        for (int x = 0; x <= grey.width; x++) {
            for (; x % block == 0 && x + block <= grey.width && isAll(isDark, line + x, middle); x += block) runs[4] += block;
            const bool next = x < grey.width && line[x] < middle;
            if (x < grey.width && next == isDark) {
                runs[4]++;
                continue;
            }
            const int module = (runs[0] + runs[1] + runs[2] + runs[3] + runs[4]) / 7;
            const auto isNear = [module](int run, int modules) { return 2 * std::abs(run - modules * module) <= modules * module; };
            if (isDark && module > 0 && isNear(runs[0], 1) && isNear(runs[1], 1) && isNear(runs[2], 3) && isNear(runs[3], 1)
                && isNear(runs[4], 1)) {
                // Each line of it counts for its part of the corner.
                found += std::max<size_t>(1, 256 / size_t(3 * module));
            }
            std::move(runs + 1, runs + 5, runs);
            runs[4] = 1;
            isDark = next;
        }
    }
    return found / 256;
}

// Whether there seems to be a code outside of the boxes: the second of two certificates in one photo.
bool hasCodeOutside(const std::vector<Box> &boxes, const Grey &grey) {
    std::vector<uint8_t> pixels(grey.pixels, grey.pixels + size_t(grey.width) * size_t(grey.height));
    for (const auto &box : boxes) {
        // A code seen from the side reaches a little beyond its corners.
        const int across = (box.right - box.left) / 20, down = (box.bottom - box.top) / 20;
        const int left = std::clamp(box.left - across, 0, grey.width), right = std::clamp(box.right + across, left, grey.width);
        const int top = std::clamp(box.top - down, 0, grey.height), bottom = std::clamp(box.bottom + down, top, grey.height);
        for (int y = top; y < bottom; y++) {
            uint8_t *line = pixels.data() + size_t(y) * size_t(grey.width);
            std::fill(line + left, line + right, uint8_t(255));
        }
    }
    return countCorners({pixels.data(), grey.width, grey.height}) >= 3;
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

// Light on dark, as screens with a dark theme show codes.
std::vector<uint8_t> inverted(const Grey &grey) {
    std::vector<uint8_t> pixels(grey.pixels, grey.pixels + size_t(grey.width) * size_t(grey.height));
    for (auto &pixel : pixels) pixel = static_cast<uint8_t>(255 - pixel);
    return pixels;
}

// At any turn and also mirrored, so a camera's orientation mark does not matter. `take` says of what one reader found
// whether it is enough. Nothing is begun after its time.
template <typename Take>
void look(const photo &picture, Take take) {
    const std::clock_t end = std::clock() + maximumTime;
    const auto isOver = [end] { return std::clock() >= end; };
    const Grey whole{picture.pixels, picture.width, picture.height};
    const size_t corners = countCorners(whole);
    if (corners > maximumCorners) return;
    const bool isForZXing = corners <= maximumCornersOfZXing;
    if (isForZXing) {
        std::vector<Box> boxes;
        const bool isEnough = take(readByZXing(whole.view(), &boxes));
        if (isEnough && hasCodeOutside(boxes, whole)) take(readByZBar(whole));
        if (isEnough) return;
    }
    if (isOver() || take(readByZBar(whole)) || isOver()) return;
    if (picture.width >= 64 && picture.height >= 64) {
        const auto pixels = halved(picture);
        const Grey half{pixels.data(), picture.width / 2, picture.height / 2};
        if (take(readByZBar(half)) || isOver()) return;
        if (isForZXing) {
            if (take(readByZXing(half.view())) || isOver()) return;
            if (take(readByZXing(half.mirrored())) || isOver()) return;
        }
    }
    if (isForZXing && (take(readByZXing(whole.mirrored())) || isOver())) return;
    const auto pixels = inverted(whole);
    const Grey negative{pixels.data(), picture.width, picture.height};
    if (take(readByZBar(negative)) || isOver() || !isForZXing) return;
    take(readByZXing(negative.view()));
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

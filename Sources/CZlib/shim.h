// What PDFSignature needs of zlib to read the streams of a page. Only functions are used, which Swift
// imports as they are.
#include <zlib.h>

// Ways in other than a scanned address: camera, photo, number. Each ends in a QR text, or in a verdict of
// the server. Reports are keys of the catalogue, so that they follow the language.

import { digitsIn, readSeal } from "./seal.js";
import { readAnswer } from "./verify.js";

export { inputTexts } from "./inputs-texts.js";

/** Longest side in pixels of what is sent: a page's code is still sharp, and a phone sends it in a moment. */
const sentSide = 2000;
const framesApart = 300;
const sentFramesApart = 1200;

/** Milliseconds for the browser's own reader, which on some phones never answers. */
const detectorPatience = 4000;

/** Where the browser reads codes itself no picture leaves it. Null once it has failed: the server reads then. */
let detector = ownDetector();

function ownDetector() {
  try {
    return "BarcodeDetector" in globalThis ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  } catch {
    return null;
  }
}

/** The texts that the browser itself reads; undefined where it cannot. */
async function textsSeen(source) {
  if (!detector) return undefined;
  const tooLate = new Promise((_, reject) => setTimeout(reject, detectorPatience));
  try {
    return (await Promise.race([detector.detect(source), tooLate])).map(({ rawValue }) => rawValue);
  } catch {
    detector = null;
    return undefined;
  }
}

/** A key of the catalogue that says why there is no answer; `words` are the server's own, in both languages. */
export class InputError extends Error {
  constructor(key, words) {
    super(key);
    Object.assign(this, { key, words });
  }
}

const isSeal = (text) => {
  try {
    return Boolean(readSeal(digitsIn(text)));
  } catch {
    return false;
  }
};

export const isDocument = (file) => file.type === "application/pdf" || /\.pdf$/i.test(file.name);

/** The server's verdict on a signed PDF: whether the file is whole, and on the seal in it. */
export async function verdictOfDocument(file) {
  const options = { body: file, headers: { "Content-Type": "application/pdf" } };
  return readAnswer(await answerTo("/v1/verify-document", options));
}

/** The QR text in a file that was chosen or dropped. */
export async function textInFile(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    const isHEIF = /hei[cf]|avif/i.test(file.type) || /\.(hei[cf]|avif)$/i.test(file.name);
    throw new InputError(isHEIF ? "photo.heif-picture" : "photo.not-a-picture");
  }
  return textInPicture(picture, picture.width, picture.height);
}

async function textInPicture(source, width, height) {
  const texts = await textsSeen(source);
  const seals = [...new Set(texts?.filter(isSeal))];
  if (seals.length > 1) throw new InputError("photo.several-codes");
  if (seals.length === 1) return seals[0];
  if (texts?.length > 0) throw new InputError("photo.other-code");
  if (texts && source instanceof HTMLVideoElement) throw new InputError("photo.no-code");
  return sentPicture(source, width, height);
}

async function sentPicture(source, width, height) {
  const scale = Math.min(1, sentSide / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d");
  // What is transparent would become black in a JPEG, as the code is.
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  return JSON.parse(await answerTo("/v1/decode", { body: blob, headers: { "Content-Type": "image/jpeg" } })).text;
}

/** The verdict on a certificate's number and its holder's name, or the last six of the identity number. */
export async function verdictByNumber(number, holder) {
  const second = /^[0-9]{5}[0-9Xx]$/.test(holder) ? { idLastSix: holder } : { name: holder };
  const body = JSON.stringify({ number, ...second });
  return readAnswer(await answerTo("/v1/lookup", { body, headers: { "Content-Type": "application/json" } }));
}

/** The body of a good answer. */
async function answerTo(path, options) {
  // `AbortSignal.timeout` is missing on iOS 15.
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 30_000);
  try {
    const response = await fetch(path, { ...options, method: "POST", credentials: "omit", signal: controller.signal });
    if (response.ok) return await response.text();
    throw await problemOf(response);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(navigator.onLine ? "askFailed" : "offline");
  } finally {
    clearTimeout(timer);
  }
}

/** A proxy in front of the server answers without a problem document. */
async function problemOf(response) {
  const { type, detail, detailZh } = await response.json().catch(() => ({}));
  if (detailZh) return new InputError(type, { zh: detailZh, en: detail });
  return new InputError({ 413: "too-large", 502: "serverAway", 503: "serverAway", 504: "serverAway" }[response.status]);
}

/** A camera that looks for a code until it finds one or is stopped. */
export class Scanner {
  constructor(video) {
    this.video = video;
    this.stream = null;
  }

  /** The text found; undefined when stopped before. Rejects with an InputError when there is no camera. */
  async scan() {
    const picture = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } };
    try {
      if (!navigator.mediaDevices) throw new InputError(isSecureContext ? "camera.missing" : "camera.insecure");
      this.stream = await navigator.mediaDevices.getUserMedia({ video: picture, audio: false });
    } catch (error) {
      if (error instanceof InputError) throw error;
      throw new InputError(error.name === "NotAllowedError" ? "camera.refused" : "camera.missing");
    }
    const { stream, video } = this;
    video.srcObject = stream;
    await video.play().catch(() => {});
    while (this.stream === stream) {
      const text = await this.look();
      if (this.stream !== stream) return undefined;
      if (text) return text;
      await new Promise((resolve) => setTimeout(resolve, detector ? framesApart : sentFramesApart));
    }
    return undefined;
  }

  async look() {
    const { video } = this;
    if (!video.videoWidth) return undefined;
    try {
      return await textInPicture(video, video.videoWidth, video.videoHeight);
    } catch (error) {
      if (error instanceof InputError && /no-code|other-code|too-many/.test(error.key)) return undefined;
      throw error;
    }
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }
}

// What the other ways in may find by themselves, in both languages under the same keys: joins the page's words once one
// is used. What the server refuses, it words itself.

const zh = {
  "photo.other-code": "照片中的二维码不是证书的二维码。",
  "photo.several-codes": "照片中有几份证书的二维码，请一次只拍一份。",
  "photo.not-a-picture": "这不是可以识读的图片。请使用 JPEG、PNG 或 WebP 图片。",
  "photo.heif-picture": "无法识读 HEIC 格式的照片。请截屏后选择截图，或另存为 JPEG。",
  "too-large": "文件太大。照片请选择小于 12 MB 的，或使用截图。",
  "camera.refused": "没有使用相机的权限。请在浏览器设置中允许，或者选择照片。",
  "camera.insecure": "本页没有通过 https 打开，浏览器不允许使用相机。请选择照片，或者用 https 打开本页。",
  "camera.missing": "没有可用的相机。请选择照片，或者使用其他方式。",
  offline: "没有网络。请连上网络后再试；扫描二维码在没有网络时也可以查验。",
  serverAway: "服务器暂时没有答复，可能正在重启。请一分钟后再试。",
};

const en = {
  "photo.other-code": "The code in the photo is not that of a certificate.",
  "photo.several-codes": "The photo has the codes of several certificates; take one at a time.",
  "photo.not-a-picture": "This is not a picture that can be read. Use JPEG, PNG or WebP.",
  "photo.heif-picture": "HEIC photos cannot be read. Take a screenshot of it, or save it as JPEG.",
  "too-large": "The file is too large. Choose a photo under 12 MB, or a screenshot.",
  "camera.refused": "The camera may not be used. Allow it in the browser's settings, or choose a photo.",
  "camera.insecure": "This page was not opened by https, so the browser allows no camera. Choose a photo, or open the page by https.",
  "camera.missing": "There is no camera to use. Choose a photo, or another way.",
  offline: "There is no network. Try again when there is; a scanned code can be checked without.",
  serverAway: "The server does not answer at the moment; it may be starting again. Try again in a minute.",
};

export const inputTexts = { zh, en };

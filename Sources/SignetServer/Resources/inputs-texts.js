// What the other ways in may answer, in both languages under the same keys: joins the page's words once one is used.

const zh = {
  "photo.no-code": "照片中没有找到二维码。请从正上方拍摄，画面清晰，二维码完整。",
  "photo.other-code": "照片中的二维码不是证书的二维码。",
  "photo.several-codes": "照片中有不止一份证书的二维码。请一次只拍一份。",
  "photo.damaged-picture": "照片已损坏或不完整，请重新选择。",
  "photo.not-a-picture": "这不是可以识读的图片。请使用 JPEG、PNG 或 WebP 图片。",
  "photo.heif-picture": "无法识读 HEIC 格式的照片。请截屏后选择截图，或另存为 JPEG。",
  "photo.too-large": "照片太大，请选择小于 12 MB 的照片，或使用截图。",
  "document.not-a-pdf": "这不是 PDF 文件，请选择收到的原始文件。",
  "document.too-large": "文件太大，不是本系统的证书文件。",
  "document.too-slow": "文件传送太慢，请检查网络后重试。",
  "photo.too-slow": "照片传送太慢，请换一张较小的照片或截图。",
  "camera.refused": "没有使用相机的权限。请在浏览器设置中允许，或者选择照片。",
  "camera.insecure": "本页没有通过 https 打开，浏览器不允许使用相机。请选择照片，或者用 https 打开本页。",
  "camera.missing": "没有可用的相机。请选择照片，或者使用其他方式。",
  "too-many-requests": "查询过于频繁，请几分钟后再试。",
  offline: "没有网络。请连上网络后再试；扫描二维码在没有网络时也可以查验。",
  serverAway: "服务器暂时没有答复，可能正在重启。请一分钟后再试。",
  "lookup.no-match": "没有同时符合这个编号和姓名（或后六位）的证书。请对照证书逐字核对；仍查不到的，请向评价机构查询。",
  "lookup.malformed-request": "请填写证书编号，以及持证人姓名或身份证件号码后六位。",
  "lookup.lookup-unavailable": "本站不提供按编号查询，请使用二维码。",
};

const en = {
  "photo.no-code": "No code was found in the photo. Take it straight from above, sharp, with all of the code.",
  "photo.other-code": "The code in the photo is not that of a certificate.",
  "photo.several-codes": "The photo has the codes of more than one certificate. Take one at a time.",
  "photo.damaged-picture": "The photo is damaged or incomplete. Choose it again.",
  "photo.not-a-picture": "This is not a picture that can be read. Use JPEG, PNG or WebP.",
  "photo.heif-picture": "HEIC photos cannot be read. Take a screenshot of it, or save it as JPEG.",
  "photo.too-large": "The photo is too large. Choose one under 12 MB, or a screenshot.",
  "document.not-a-pdf": "This is not a PDF. Choose the file as you received it.",
  "document.too-large": "The file is too large to be a certificate of ours.",
  "document.too-slow": "The file took too long to send. Check the connection and try again.",
  "photo.too-slow": "The photo took too long to send. Choose a smaller one, or a screenshot.",
  "camera.refused": "The camera may not be used. Allow it in the browser's settings, or choose a photo.",
  "camera.insecure": "This page was not opened by https, so the browser allows no camera. Choose a photo, or open the page by https.",
  "camera.missing": "There is no camera to use. Choose a photo, or another way.",
  "too-many-requests": "Too many questions. Try again in a few minutes.",
  offline: "There is no network. Try again when there is; a scanned code can be checked without.",
  serverAway: "The server does not answer at the moment; it may be starting again. Try again in a minute.",
  "lookup.no-match": "No certificate has this number together with this name (or last six). Compare with the certificate, letter by letter. If that fails, ask the institution.",
  "lookup.malformed-request": "Give the certificate number, and the holder's name or the last six of the identity number.",
  "lookup.lookup-unavailable": "This site does not look up numbers. Use the code.",
};

export const inputTexts = { zh, en };

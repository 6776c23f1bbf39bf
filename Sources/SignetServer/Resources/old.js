// For browsers that cannot read the page's own script (ES5 only): what an address carries goes to the server, after a
// click that says so. The page loads it when its own script is an error, or has done nothing for a while.
(function () {
  var main = document.querySelector("main");

  function put(name, text, lang) {
    var node = main.appendChild(document.createElement(name));
    node.appendChild(document.createTextNode(text));
    node.lang = lang || "zh-CN";
    return node;
  }

  function offer() {
    put("h1", "浏览器太旧，不能在本机查验");
    put("p", "This browser is too old to check by itself.", "en");
    var digits = /[0-9]{17,}/.exec((location.pathname + location.hash).replace(/%(25)*23/g, "#"));
    if (!digits) {
      put("p", "请换用较新的浏览器扫描二维码。 · Scan the code with a newer browser.");
      return;
    }
    put("p", "点击后，这份证书的全部内容会发送到 " + location.host + "。 · All of this certificate is then sent there.");
    var button = put("button", "由服务器查验 · Let the server check");
    button.type = "button";
    button.className = "primary";
    button.onclick = function () { ask(digits[0], button); };
  }

  function ask(digits, button) {
    var request = new XMLHttpRequest();
    button.disabled = true;
    request.onload = function () { show(request); };
    request.onerror = function () {
      button.disabled = false;
      put("p", "服务器没有答复，请稍后再试。 · The server did not answer. Try again later.").setAttribute("role", "alert");
    };
    request.open("POST", "/v1/verify");
    request.setRequestHeader("Content-Type", "application/json");
    request.send(JSON.stringify({ seal: digits }));
  }

  function show(request) {
    var answer;
    try { answer = JSON.parse(request.responseText); } catch (error) { answer = {}; }
    var word = { valid: "有效 · Valid", "not-valid": "无效 · Not valid" }[answer.verdict];
    var heading = put("h1", word || "无法核验 · Could not check");
    heading.tabIndex = -1;
    if (answer.reason) put("p", answer.reason, "en");
    var certificate = answer.certificate;
    if (certificate) {
      put("p", certificate.holderName + " · " + certificate.occupation + " · " + certificate.level);
      put("p", certificate.institutionName + " · " + certificate.awardDate + " · " + certificate.number);
      if (answer.verdict !== "valid") put("p", "以上内容不可采信 · Do not rely on it");
    }
    main.setAttribute("data-verdict", answer.verdict || "could-not-check");
    heading.focus();
  }

  offer();
})();

(function () {
  function old() {
    var main = document.querySelector("main"), script = document.createElement("script");
    if (main.getAttribute("data-verdict") !== "loading") return;
    main.setAttribute("data-verdict", "old");
    script.src = "/assets/old.js";
    main.appendChild(script);
  }
  addEventListener("error", old);
  setTimeout(old, 8000);
})();

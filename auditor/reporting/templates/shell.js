"use strict";
/* What every page does: remember dark or light, and print. */
(() => {
  const root = document.documentElement;
  const store = {
    get(key) { try { return localStorage.getItem("policy-auditor." + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("policy-auditor." + key, value); } catch { /* no storage: forget */ } },
  };
  const chosen = store.get("theme");
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  root.classList.add("on");

  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    const tell = () => button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      store.set("theme", root.dataset.theme);
      tell();
    });
    tell();
    document.getElementById("print").addEventListener("click", () => print());
    if (matchMedia("(max-width: 56rem)").matches) {
      for (const one of document.querySelectorAll(".side > details")) one.open = false;
    }
    let closed = [];
    addEventListener("beforeprint", () => {
      closed = [...document.querySelectorAll("details.group:not([open]), details.scope:not([open])")];
      for (const one of closed) one.open = true;
    });
    addEventListener("afterprint", () => {
      for (const one of closed) one.open = false;
    });
  });
  window.policyAuditor = { store };
})();

// Not needed for anything: it saves an answer when its field is left, shows at once what the rules say of it, and keeps
// what is being typed. Without it, the buttons of the page do the same.
(function () {
  "use strict";
  const form = document.querySelector("form.sheet");
  if (!form || !window.fetch || !window.DOMParser) return;
  let busy = false, again = false, typing = 0, leaving = false, next = null;

  // Who goes on while an answer is being saved goes when it is saved: the server tells what was changed on this page by
  // the state that the page last had from it, so that what was corrected meanwhile would be lost. Whatever the server
  // does, nobody waits longer than this, in milliseconds.
  const LONGEST = 3000;
  function wait(event, go) {
    if (!busy || leaving) return false;
    event.preventDefault();
    if (!next) setTimeout(leave, LONGEST);
    next = go;
    return true;
  }
  function leave() {
    if (!next) return;
    const go = next;
    next = null;
    busy = false;
    go();
  }
  document.addEventListener("submit", (event) => {
    const sheet = event.target, button = event.submitter;
    const waits = wait(event, () => {
      // The page may have another button of this kind by then, or none where there is no more to do.
      const there = !button || button.isConnected
        ? button : [...sheet.elements].find((one) => one.name === button.name && one.value === button.value);
      if (there || !button) sheet.requestSubmit(there);
    });
    if (!waits && sheet === form) leaving = true;
  });
  // A browser may show the page as it was when somebody comes back to it.
  window.addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && !link.target && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      wait(event, () => location.assign(link.href));
    }
  });

  // Taken over from the page as the server sees it now; the fields themselves are left to whoever types.
  const parts = ["panel", "saved", "figures", "problems-box"];

  // Puts a part in the place of another; who was at a link or button in it stays at the one in the same place.
  function swap(now, then) {
    if (now.innerHTML === then.innerHTML) return;
    const stops = (part) => [...part.querySelectorAll("a[href], button, summary")];
    const at = stops(now).indexOf(document.activeElement);
    now.replaceWith(document.adoptNode(then));
    if (at >= 0) stops(then)[Math.min(at, stops(then).length - 1)]?.focus();
  }

  function show(page) {
    for (const id of parts) {
      const now = document.getElementById(id), then = page.getElementById(id);
      if (now && then) swap(now, then);
    }
    for (const then of page.querySelectorAll(".messages, .after, .marks, tfoot td[id]")) {
      const now = document.getElementById(then.id);
      if (now) swap(now, then);
    }
    document.title = page.title;
    document.getElementById("state").value = page.getElementById("state").value;
    const fresh = [...page.querySelectorAll("form.sheet > [data-at]")];
    const names = new Set(fresh.map((one) => one.dataset.at));
    for (const old of form.querySelectorAll(":scope > [data-at]")) {
      if (!names.has(old.dataset.at)) old.remove();
    }
    let before = null;
    for (const one of fresh) {
      let here = [...form.querySelectorAll(":scope > [data-at]")].find((old) => old.dataset.at === one.dataset.at);
      if (!here) {
        here = document.adoptNode(one);
        if (before) before.after(here); else form.querySelector("button").after(here);
      }
      const wrong = page.getElementById(one.querySelector("[id]") ? one.querySelector("[id]").id : "");
      here.classList.toggle("wrong", (wrong ? wrong.closest(".question") : one)?.classList.contains("wrong") || false);
      before = here;
    }
    for (const field of page.querySelectorAll("form.sheet input[id], form.sheet textarea[id], form.sheet select[id]")) {
      const here = document.getElementById(field.id);
      if (!here) continue;
      for (const name of ["aria-invalid", "aria-describedby"]) {
        if (field.hasAttribute(name)) here.setAttribute(name, field.getAttribute(name)); else here.removeAttribute(name);
      }
    }
  }

  async function save() {
    if (leaving) return;
    if (busy) { again = true; return; }
    busy = true;
    try {
      const sent = new URLSearchParams(new FormData(form));
      sent.set("do", "save");
      const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin" });
      if (leaving) return;
      if (!answer.ok || new URL(answer.url).pathname !== new URL(form.action).pathname) {
        if (answer.ok) { next = null; location.assign(answer.url); }
        return;
      }
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      const saved = document.querySelector("#saved .saved");
      if (saved && !leaving) { saved.textContent = "Not saved: mpfcheck does not answer. Is it still running?"; saved.classList.add("bad"); }
    } finally {
      busy = false;
      if (again && !leaving) { again = false; await save(); }
      leave();
    }
  }

  function keep(field) {
    const sent = new URLSearchParams();
    sent.set("csrf", form.elements.csrf.value);
    if (field.value !== field.defaultValue) sent.set(field.name, field.value);
    fetch(form.dataset.typing, { method: "POST", body: sent, credentials: "same-origin", keepalive: sent.toString().length < 60000 })
      .catch(() => {});
  }

  form.addEventListener("change", save);
  form.addEventListener("input", (event) => {
    if (!event.target.matches("input:not([type=radio]), textarea")) return;
    clearTimeout(typing);
    typing = setTimeout(() => keep(event.target), 400);
  });
})();

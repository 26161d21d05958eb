// The board: a typed card waits in this browser until the server has given it its number, and what others write appears.
// See docs/adr/0050-cards-wait-in-the-browser.md.
(() => {
  "use strict";

  const board = document.querySelector("[data-board]");
  if (!board) return;
  const form = document.getElementById("card");
  const { board: id, here } = board.dataset;
  const PREFIX = `board:${id}:`;
  const EVERY = 3000, PATIENCE = 15000, AT_ONCE = 50;
  let { revision } = board.dataset;
  let token = form?.elements.csrf_token.value;

  // Where nothing may be kept, nothing can wait: the form then goes to the server as it does without this script.
  const storage = (() => { try { return localStorage ?? {}; } catch { return {}; } })();

  // The cards that wait: each has a place of its own in the storage, so that two tabs never overwrite each other's.
  const waiting = () => Object.keys(storage).filter((key) => key.startsWith(PREFIX)).sort()
    .map((key) => ({ key, ...JSON.parse(storage.getItem(key)) }))
    // Another tab may just have sent it.
    .filter((card) => card.uuid);
  const save = ({ key, ...card }) => storage.setItem(key, JSON.stringify(card));

  function keep(card) {
    // Later than the last one, also when the clock was set back meanwhile.
    const last = Number(waiting().at(-1)?.key.slice(PREFIX.length).split(":")[0] ?? 0);
    const moment = String(Math.max(Date.now(), last + 1)).padStart(15, "0");
    save({ key: `${PREFIX}${moment}:${card.uuid}`, ...card });
  }

  // crypto.randomUUID is missing on pages without TLS.
  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // Asks the server. Returns the answer, or the name of the state that says why there is none.
  async function ask(address, options = {}) {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal, ...options });
      if (answer.type === "opaqueredirect") return "signed-out";
      if (answer.status === 403) return "forbidden";
      if (answer.status === 400) return "outdated";
      return answer.ok ? answer : "busy";
    } catch {
      return "offline";
    }
  }

  // Sends what waits, in order. A card that the server refuses stays with the reason, and holds up no other.
  async function send() {
    for (;;) {
      const cards = waiting().filter((card) => !card.refused).slice(0, AT_ONCE);
      if (!cards.length) return "";
      const body = JSON.stringify({ cards: cards.map(({ uuid, list, text }) => ({ uuid, list, text })) });
      const headers = { "Content-Type": "application/json", "X-CSRF-Token": token };
      const answer = await ask(`${here}/schreiben`, { method: "POST", headers, body });
      if (typeof answer === "string") return answer;
      const { taken, refused } = await answer.json();
      for (const card of cards) {
        if (taken.includes(card.uuid)) storage.removeItem(card.key);
        else save({ ...card, refused: refused[card.uuid] ?? "?" });
      }
    }
  }

  // Fetches what has changed, and puts it into the page without moving what is there already.
  async function follow() {
    const query = `stand=${revision}${"projected" in board.dataset ? "&projektor=" : ""}`;
    const answer = await ask(`${here}/karten?${query}`);
    if (typeof answer === "string") return answer;
    if (answer.status === 204) return "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-revision]");
    for (const list of fresh.querySelectorAll("[data-list]")) {
      const old = board.querySelector(`[data-list="${list.dataset.list}"]`);
      if (!old) return location.reload();
      old.previousElementSibling.replaceWith(list.previousElementSibling);
      [...list.children].forEach((card, place) => {
        const there = document.getElementById(card.id);
        if (!there) old.insertBefore(card, old.children[place] ?? null);
        else if (there.outerHTML !== card.outerHTML) there.replaceWith(card);
      });
    }
    if (board.querySelector("li")) board.querySelector(".empty")?.remove();
    ({ revision, token } = fresh.dataset);
    return "";
  }

  let running = false, again = false;
  async function round() {
    if (running) { again = true; return; }
    running = true;
    do {
      again = false;
      say(await exchange().catch(() => "busy"));
      show();
    } while (again);
    running = false;
  }

  async function exchange() {
    const state = form ? await send() : "";
    if (state === "outdated") {
      // Signing in again gives new tokens; they come with the cards.
      revision = "";
      return await follow() || await send();
    }
    return state === "" || state === "forbidden" ? await follow() || state : state;
  }

  function say(state) {
    const said = state === "outdated" ? "busy" : state;
    for (const line of document.querySelectorAll("[data-state]")) line.hidden = line.dataset.state !== said;
  }

  const place = document.querySelector("[data-waiting]");
  function show() {
    if (!place) return;
    const cards = waiting();
    const list = place.querySelector("ol");
    place.hidden = !cards.length;
    const known = new Map([...list.children].map((item) => [item.dataset.card, item]));
    list.replaceChildren(...cards.map((card) => known.get(card.key + (card.refused ?? "")) ?? item(card)));
  }

  function item(card) {
    const made = place.querySelector("template").content.firstElementChild.cloneNode(true);
    made.dataset.card = card.key + (card.refused ?? "");
    made.querySelector(".label").textContent = form.querySelector(`[value="${CSS.escape(card.list)}"]`)
      ?.labels[0].textContent.split(" – ")[0] ?? "";
    made.querySelector(".text").textContent = card.text;
    if (card.refused) {
      made.querySelector(".refused").hidden = false;
      made.querySelector(".form-error").textContent = card.refused;
      made.querySelector("button").addEventListener("click", () => {
        storage.removeItem(card.key);
        form.elements.text.value = card.text;
        form.elements.text.focus();
        show();
      });
    }
    return made;
  }

  if (form) {
    const field = form.elements.text;
    form.addEventListener("submit", (event) => {
      const text = field.value.trim();
      try {
        if (text) keep({ uuid: uuid(), list: form.querySelector(":checked").value, text });
      } catch {
        return;
      }
      event.preventDefault();
      field.value = "";
      field.focus();
      show();
      round();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    document.addEventListener("keydown", (event) => {
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
      const radio = form.querySelectorAll("[type=radio]")[digit - 1];
      if (!event.altKey || event.ctrlKey || event.metaKey || !radio) return;
      event.preventDefault();
      radio.checked = true;
      field.focus();
    });
    window.addEventListener("beforeunload", (event) => {
      if (waiting().length) event.preventDefault();
    });
  }

  for (const link of document.querySelectorAll(".no-script")) link.remove();
  window.addEventListener("online", round);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) round(); });
  setInterval(() => { if (!document.hidden || (form && waiting().length)) round(); }, EVERY);
  round();
})();

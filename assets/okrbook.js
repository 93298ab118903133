// What pages can do besides: search, sorted and filtered tables, keys for cycles, links to copy, charts that are read.
// Everything that pages say is there without it. It builds elements by name and sets texts as text, never markup, and
// asks nobody but the site's own files, which work from disk as well.
"use strict";
(() => {
  const script = document.currentScript;
  const root = new URL("../", script.src);
  const words = Object.fromEntries((script.dataset.words || "").split("|").map((pair) => pair.split(/=(.*)/s)));
  const say = (name, values = {}) => (words[name] || name).replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // Returns an element with attributes and children; texts stay texts.
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  // Letters as they are compared: without case and marks.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  // ---- Search ----

  const FORM = 1;
  const SHOWN = 6;
  const GROUPS = ["objectives", "key_results", "teams", "people", "metrics", "reviews"];
  const index = { entries: [], waiting: [], asked: new Set(), isBroken: false };

  // Takes what a file of search/ holds.
  const take = (form, name, value) => {
    if (form !== FORM) return;
    const add = (group, title, about, href, more) =>
      index.entries.push({ group, title, about, href, key: plain(title), all: plain(title + " " + about + " " + more) });
    if (name === "book") {
      for (const group of ["teams", "people", "metrics"])
        for (const [href, title, about] of value[group]) add(group, title, group === "people" ? about : "", href, about);
      index.waiting = value.cycles.map(([id]) => id);
      const here = location.href.startsWith(root.href) ? location.href.slice(root.href.length).split("/")[0] : "";
      index.waiting.sort((a, b) => (b === here) - (a === here));
      return;
    }
    const cycle = value.heading;
    add("reviews", value.review[1], cycle, value.review[0], "");
    for (const [page, team, objectives] of value.teams)
      for (const [objective, title, results] of objectives) {
        add("objectives", title, team + ", " + cycle, page + "#" + objective, "");
        for (const [id, text, owners, learned] of results) {
          const href = page + "#" + objective + "/" + id;
          add("key_results", text, team + ", " + cycle, href, owners);
          if (learned) add("reviews", learned, text + ", " + team + ", " + cycle, href, "");
        }
      }
  };
  window.okrbook = { take };

  // Loads a file of search/ as a script, since pages from disk may fetch nothing.
  const load = (name, then) => {
    if (index.asked.has(name)) return;
    index.asked.add(name);
    const element = make("script", { src: new URL("search/" + encodeURIComponent(name) + ".js", root).href });
    element.onload = then;
    element.onerror = () => {
      index.isBroken = index.entries.length === 0;
      then();
    };
    document.head.append(element);
  };
  // Loads the book, then its cycles one by one, that of the page first and the latest next.
  const loadAll = (changed) =>
    load("book", () => {
      const next = () => {
        changed();
        if (index.waiting.length > 0) load(index.waiting.shift(), next);
      };
      next();
    });

  // Returns what holds all words of a query, group by group, what begins with it first.
  const find = (query) => {
    const terms = plain(query).split(/\s+/).filter(Boolean);
    const found = new Map(GROUPS.map((group) => [group, { count: 0, best: [[], [], []] }]));
    if (terms.length === 0) return found;
    for (const entry of index.entries) {
      let isFound = true;
      for (const term of terms) if (!entry.all.includes(term)) { isFound = false; break; }
      if (!isFound) continue;
      const group = found.get(entry.group);
      group.count += 1;
      const at = entry.key.indexOf(terms[0]);
      const rank = at === 0 ? 0 : at > 0 ? 1 : 2;
      if (group.best[rank].length < SHOWN) group.best[rank].push(entry);
    }
    return found;
  };
  window.okrbook.find = (query) => [...find(query)].map(([group, { count, best }]) => [group, count, best.flat().slice(0, SHOWN)]);

  let dialog = null;
  const openSearch = () => {
    dialog ??= makeSearch();
    if (dialog.open) return;
    dialog.showModal();
    dialog.querySelector("input").select();
    loadAll(() => dialog.dispatchEvent(new Event("changed")));
  };

  const makeSearch = () => {
    const input = make("input", {
      type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "okrbook-found", "aria-autocomplete": "list",
      "aria-label": say("search"), placeholder: say("placeholder"), autocomplete: "off", spellcheck: "false",
    });
    const list = make("div", { id: "okrbook-found", role: "listbox", "aria-label": say("results"), tabindex: "-1" });
    const status = make("p", { role: "status", class: "note" });
    const close = make("button", { type: "button", "aria-label": say("close") }, "×");
    const box = make("dialog", { class: "search", "aria-label": say("search") }, make("div", { class: "ask" }, input, close), list, status);
    let current = -1;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const choose = (place) => {
      const all = options();
      current = all.length === 0 ? -1 : (place + all.length) % all.length;
      all.forEach((option, at) => option.setAttribute("aria-selected", String(at === current)));
      if (current < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", all[current].id);
      all[current].scrollIntoView({ block: "nearest" });
    };
    const show = () => {
      const query = input.value.trim();
      list.replaceChildren();
      let count = 0;
      for (const [name, group] of find(query)) {
        if (group.count === 0) continue;
        count += group.count;
        list.append(makeGroup(name, group));
      }
      input.setAttribute("aria-expanded", String(count > 0));
      list.hidden = count === 0;
      status.textContent = index.isBroken ? say("unavailable") : query === "" ? say("keys") : count === 0 ? say("nothing") : say("found", { n: count });
      choose(0);
    };
    input.addEventListener("input", show);
    box.addEventListener("changed", show);
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) choose(current + step);
      else if (event.key === "Enter" && current >= 0) options()[current].click();
      else return;
      event.preventDefault();
    });
    list.addEventListener("click", (event) => {
      if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) box.close();
    });
    close.addEventListener("click", () => box.close());
    box.addEventListener("click", (event) => event.target === box && box.close());
    document.body.append(box);
    show();
    return box;
  };

  const makeGroup = (name, { count, best }) => {
    const entries = best.flat().slice(0, SHOWN);
    const id = "okrbook-" + name;
    const options = entries.map(({ title, about, href }, place) => make(
      "a",
      { role: "option", id: id + "-" + place, href: new URL(href, root).href, tabindex: "-1", "aria-selected": "false" },
      title, " ", make("span", { class: "note" }, about),
    ));
    const rest = count - entries.length;
    const head = make("p", { id, role: "presentation" }, say(name), rest > 0 ? make("span", { class: "note" }, " " + say("more", { n: rest })) : "");
    return make("div", { role: "group", "aria-labelledby": id }, head, ...options);
  };

  const addSearchButton = () => {
    const masthead = document.querySelector(".masthead");
    if (!masthead) return;
    const button = make("button", { type: "button", class: "find", "aria-keyshortcuts": "/ Control+K Meta+K" }, say("search"), " ", make("kbd", { "aria-hidden": "true" }, "/"));
    button.addEventListener("click", openSearch);
    masthead.append(button);
  };

  // ---- Keys ----

  document.addEventListener("keydown", (event) => {
    const isModified = event.ctrlKey || event.metaKey || event.altKey;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return openSearch();
    }
    if (isModified || event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      event.preventDefault();
      openSearch();
    }
  });

  addSearchButton();
})();

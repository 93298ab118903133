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

  const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");

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

  // ---- Tables ----

  const collator = new Intl.Collator(document.documentElement.lang || "en", { numeric: true, sensitivity: "base" });
  const PACES = ["out-of-reach", "off-track", "at-risk", "on-track", "ahead", "no-data"];
  const isRow = (row) => !row.classList.contains("group");

  // Puts what the reader chose into the address, so that a link keeps it; nothing else of the address changes.
  const keep = (name, value) => {
    const address = new URL(location.href);
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
    history.replaceState(history.state, "", address);
  };
  const kept = (name) => new URL(location.href).searchParams.get(name) ?? "";

  // Returns what a cell is sorted by: the value that the page states, a pace's rank, a plain number, else its text.
  const keyOf = (cell) => {
    const pace = cell.querySelector(".pace");
    if (pace) return PACES.findIndex((name) => pace.classList.contains(name));
    const text = cell.dataset.sort ?? cell.textContent.trim();
    const number = Number(text.replace(/,(?=\d{3})/g, ""));
    return text === "" || text === "–" ? null : Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return collator.compare(String(a), String(b));
  };

  const sortBy = (table, column, order) => {
    for (const head of table.tHead.rows[0].cells) if (head.hasAttribute("aria-sort")) head.setAttribute("aria-sort", head.cellIndex === column ? order : "none");
    const sign = order === "descending" ? -1 : 1;
    for (const body of table.tBodies) {
      const rows = body.okrbook ??= [...body.rows].filter(isRow);
      const keyed = rows.map((row) => [row, order === "none" ? 0 : keyOf(row.cells[column])]);
      keyed.sort(([, a], [, b]) => (a === null || b === null ? (a === null) - (b === null) : sign * compare(a, b)));
      body.append(...keyed.map(([row]) => row));
    }
  };

  const makeSortable = (table, place) => {
    table.classList.add("sortable");
    for (const head of table.tHead.rows[0].cells) {
      if (head.dataset.sort === "none" || head.textContent.trim() === "") continue;
      const button = make("button", { type: "button", class: "sort" }, ...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const order = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")];
        sortBy(table, head.cellIndex, order);
        keep("sort", order === "none" ? "" : [place, head.cellIndex, order].join("."));
      });
    }
    const [at, column, order] = kept("sort").split(".");
    const head = Number(at) === place ? table.tHead.rows[0].cells[column] : null;
    if (head?.hasAttribute("aria-sort") && ["ascending", "descending"].includes(order)) sortBy(table, Number(column), order);
  };

  const addSorting = () => {
    const tables = [...document.querySelectorAll("main table.scores, main table.teams, main table.list:not(.raw, .since, .moves)")];
    const isUseful = (table) => table.tHead && [...table.tBodies].some((body) => [...body.rows].filter(isRow).length > 2) && !table.querySelector("tbody [rowspan]") && !table.closest("details, .packet");
    tables.filter(isUseful).forEach(makeSortable);
  };

  // What rows can be filtered by: name, label, and the value of a row.
  const inTenths = (row) => {
    const figure = parseFloat(row.querySelector(".grade b")?.textContent);
    return Number.isNaN(figure) ? "–" : figure < 0.4 ? "0.0–0.3" : figure < 0.7 ? "0.4–0.6" : figure < 1 ? "0.7–0.9" : "1.0";
  };
  const paceOf = (row) => {
    const pace = row.querySelector(".pace");
    return pace ? [...pace.childNodes].filter((node) => !node.ariaHidden).map((node) => node.textContent).join("").trim() : "";
  };
  const facetsOf = (table) => {
    const columns = [...table.tHead.rows[0].cells].filter((head) => head.dataset.filter);
    return [
      ["team", say("team"), (row) => [row.closest(".team-scores")?.querySelector("h3 a").textContent.trim() ?? ""]],
      ...columns.map((head) => [head.dataset.filter, head.textContent.trim(), (row) => (row.cells[head.cellIndex]?.textContent ?? "").split(", ").map((text) => text.trim())]),
      ["owner", say("owner"), (row) => (row.dataset.owner ?? "").split(", ")],
      ["status", say("status"), (row) => [paceOf(row)]],
      ["grade", say("grade"), (row) => [row.querySelector(".grade") ? inTenths(row) : ""]],
    ];
  };

  const FEW = 10;
  const addFilter = (tables, place, before) => {
    const rows = tables.flatMap((table) => [...table.tBodies].flatMap((body) => [...body.rows].filter(isRow)));
    if (rows.length < FEW) return;
    const suffix = place === 0 ? "" : String(place + 1);
    const count = make("output", {});
    const clear = make("button", { type: "button" }, say("clear"));
    const facets = [];
    for (const [name, label, valuesOf] of facetsOf(tables[0])) {
      const values = [...new Set(rows.flatMap(valuesOf))].filter(Boolean).sort(collator.compare);
      if (values.length < 2 || facets.some((known) => known.name === name + suffix)) continue;
      const select = make("select", { name: name + suffix }, make("option", { value: "" }, say("all")), ...values.map((value) => make("option", { value }, value)));
      select.value = kept(name + suffix);
      if (select.selectedIndex < 0) select.value = "";
      facets.push({ name: name + suffix, select, valuesOf, label: make("label", {}, label, select) });
    }
    if (facets.length === 0) return;
    const apply = () => {
      const chosen = facets.filter(({ select }) => select.value !== "");
      let shown = 0;
      for (const row of rows) {
        const isIn = chosen.every(({ select, valuesOf }) => valuesOf(row).includes(select.value));
        row.classList.toggle("left-out", !isIn);
        shown += Number(isIn);
      }
      const isEmpty = (part) => chosen.length > 0 && ![...part.querySelectorAll("tbody tr")].some((row) => isRow(row) && !row.classList.contains("left-out"));
      for (const table of tables) {
        for (const body of table.tBodies) body.classList.toggle("left-out", chosen.length > 0 && ![...body.rows].some((row) => isRow(row) && !row.classList.contains("left-out")));
        table.closest(".team-scores")?.classList.toggle("left-out", isEmpty(table.closest(".team-scores")));
      }
      clear.hidden = chosen.length === 0;
      count.textContent = chosen.length === 0 ? "" : say("shown", { n: shown, all: rows.length });
    };
    for (const { name, select } of facets) select.addEventListener("change", () => {
      keep(name, select.value);
      apply();
    });
    clear.addEventListener("click", () => {
      for (const { name, select } of facets) {
        select.value = "";
        keep(name, "");
      }
      apply();
      facets[0].select.focus();
    });
    before.before(make("div", { class: "filters by-script", role: "group", "aria-label": say("filter") }, ...facets.map(({ label }) => label), clear, count));
    apply();
  };

  const addFilters = () => {
    if (document.querySelector(".packet")) return;
    const scores = [...document.querySelectorAll("main table.scores")].filter((table) => !table.closest(".first"));
    const others = [...document.querySelectorAll("main table.teams, main table.list:has(th[data-filter])")];
    const groups = [scores, ...others.map((table) => [table])].filter((tables) => tables.length > 0);
    groups.forEach((tables, place) => addFilter(tables, place, tables[0].closest(".team-scores") ?? tables[0]));
  };

  // ---- Links to copy ----

  const status = make("p", { role: "status", class: "said-aloud by-script" });
  const tell = (text) => {
    status.textContent = text;
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => (status.textContent = ""), 4000);
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = make("textarea", { readonly: "", "aria-hidden": "true" });
      const focused = document.activeElement;
      field.value = text;
      document.body.append(field);
      field.select();
      const isDone = document.execCommand("copy");
      field.remove();
      focused?.focus();
      if (!isDone) return tell(text);
    }
    tell(say("copied"));
  };
  const addCopying = () => {
    document.body.append(status);
    for (const link of document.querySelectorAll("article.kr > header h3 > a[href^='#']")) {
      const button = make("button", { type: "button", class: "copy by-script", "aria-label": say("copy_of", { title: link.textContent.trim() }) }, say("copy"));
      button.addEventListener("click", () => copy(location.href.split(/[?#]/)[0] + link.getAttribute("href")));
      link.closest("h3").after(button);
    }
  };

  // ---- Menus ----

  const closeMenus = (but) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (menu !== but) menu.open = false;
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest(".menu")));

  // ---- Keys ----

  document.addEventListener("keydown", (event) => {
    const isModified = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return openSearch();
    }
    if (isModified || event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      event.preventDefault();
      openSearch();
    } else if (event.key === "Escape") {
      document.querySelector(".menu[open] summary")?.focus();
      closeMenus();
    } else if (event.key === "[" || event.key === "]") {
      document.querySelector(`main a[rel=${event.key === "[" ? "prev" : "next"}]`)?.click();
    }
  });

  addSearchButton();
  addSorting();
  addFilters();
  addCopying();
})();

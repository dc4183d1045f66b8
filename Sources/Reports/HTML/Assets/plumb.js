// Plumb's page: filters, order, search, keys, colours. Everything can be read without it.
// It makes elements and sets their text, never markup: what a tenant calls its resources stays text.
"use strict";
(() => {
  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const remember = {
    get(key) { try { return localStorage.getItem("plumb-" + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("plumb-" + key, value); } catch { /* no store: no memory */ } },
  };

  // What the address names behind its #; nothing where somebody wrote what is no address.
  const placeInAddress = () => {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  };

  // ---- Colours: the system's, or the reader's choice. Set before anything is drawn.
  const themes = ["system", "light", "dark"];
  let theme = themes.includes(remember.get("theme")) ? remember.get("theme") : "system";
  const applyTheme = () => {
    if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
  };
  applyTheme();

  const startTheme = () => {
    const button = one("[data-theme]:not(html)");
    if (!button) return;
    const tell = () => {
      button.textContent = { system: "System colours", light: "Light", dark: "Dark" }[theme];
      button.setAttribute("aria-label", "Colours: " + button.textContent);
    };
    button.hidden = false;
    tell();
    button.addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      remember.set("theme", theme);
      applyTheme();
      tell();
    });
  };

  // ---- Order of tables whose rows are all there
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const numberIn = (text) => {
    const match = text.replace("−", "-").match(/-?\d+(\.\d+)?/);
    return match ? parseFloat(match[0]) : -Infinity;
  };
  const headButton = (cell, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent.trim();
    cell.textContent = "";
    cell.append(button);
    button.addEventListener("click", act);
  };
  const startSorting = () => {
    for (const table of all("table[data-sortable]")) {
      const heads = all("thead th", table);
      if (one("tbody", table).rows.length < 2) continue;
      heads.forEach((head, column) => {
        if (!head.textContent.trim()) return;
        const isNumber = head.classList.contains("n");
        headButton(head, () => {
          const down = head.getAttribute("aria-sort") === (isNumber ? "descending" : "ascending");
          const way = isNumber ? (down ? "ascending" : "descending") : (down ? "descending" : "ascending");
          heads.forEach((other) => other.removeAttribute("aria-sort"));
          head.setAttribute("aria-sort", way);
          const body = one("tbody", table);
          const text = (row) => (row.cells[column] ? row.cells[column].textContent.trim() : "");
          const rows = Array.from(body.rows).map((row) => [text(row), row]);
          rows.sort((a, b) => (isNumber ? numberIn(a[0]) - numberIn(b[0]) : collator.compare(a[0], b[0])));
          if (way === "descending") rows.reverse();
          body.append(...rows.map((pair) => pair[1]));
        });
      });
    }
  };

  // ---- The table of recommendations: values by column, of which the rows that are asked for are made
  const perStep = 200;
  const startResults = () => {
    const table = one("table[data-results]");
    const source = one('script[type="application/json"]');
    const form = one("form.filters");
    if (!table || !source || !form) return;
    const data = JSON.parse(source.textContent);
    const [recs, places, marks, statuses, affected, counted, gains, sinces, exceptions, goals, news] = data.rows;
    const text = (number) => data.texts[number];
    const body = one("tbody", table);
    const template = one("template[data-row]").content.querySelector("tr");
    const more = one("[data-more]");
    const count = one("[data-count]");
    const heads = all("thead th", table);
    const fields = all("select, input", form);
    const total = recs.length;
    const impacts = { high: 3, medium: 2, low: 1 };
    let found = [];
    let shown = 0;
    let sort = "";

    // What a filter compares, by row.
    const value = {
      app: (row) => data.instances[places[row]][3] || data.recommendations[recs[row]][4],
      instance: (row) => data.instances[places[row]][0],
      status: (row) => text(statuses[row]),
      compliance: (row) => data.verdicts[marks[row]][3],
      impact: (row) => data.recommendations[recs[row]][3],
      category: (row) => data.recommendations[recs[row]][5],
      source: (row) => data.recommendations[recs[row]][7],
    };
    const has = {
      framework: (row, wanted) => data.recommendations[recs[row]][6].includes(wanted),
      label: (row, wanted) => data.instances[places[row]][4].includes(wanted),
      initiative: (row, wanted) => text(goals[row]).split(" ").includes(wanted),
    };
    const order = {
      impact: (row) => -(impacts[value.impact(row)] || 0),
      title: (row) => data.recommendations[recs[row]][2],
      instance: (row) => value.instance(row),
      verdict: (row) => marks[row],
      status: (row) => text(statuses[row]),
      affected: (row) => -affected[row],
      gain: (row) => -(text(gains[row]) === "+<0.1" ? 0.05 : parseFloat(text(gains[row])) || 0),
      since: (row) => text(sinces[row]),
    };

    const readAddress = () => {
      const query = new URLSearchParams(location.search);
      for (const field of fields) {
        const wanted = query.get(field.name) || "";
        field.value = wanted;
        // A value that no row has stays in the address: it shows nothing, and says so.
        if (field.value !== wanted) field.add(new Option(wanted, wanted, false, true));
      }
      sort = query.get("sort") || "";
      if (!location.search && total > 10000) one("#status", form) && (one("#status", form).value = "toAddress");
    };
    const writeAddress = (isTyping) => {
      const query = new URLSearchParams();
      for (const field of fields) if (field.value) query.set(field.name, field.value);
      if (sort) query.set("sort", sort);
      const search = query.toString();
      const address = location.pathname + (search ? "?" + search : "") + location.hash;
      if (address === location.pathname + location.search + location.hash) return;
      history[isTyping ? "replaceState" : "pushState"](null, "", address);
    };

    // Each word is to be found in what is said of the recommendation, or of the instance.
    const hay = (parts) => parts.flat().join(" ").toLowerCase();
    const recHay = data.recommendations.map(hay);
    const placeHay = data.instances.map(hay);
    const narrow = () => {
      const tests = [];
      for (const field of fields) {
        const wanted = field.value;
        if (!wanted) continue;
        if (field.name === "q") {
          for (const word of wanted.toLowerCase().split(/\s+/).filter(Boolean)) {
            const inRec = recHay.map((hay) => hay.includes(word));
            const inPlace = placeHay.map((hay) => hay.includes(word));
            tests.push((row) => inRec[recs[row]] || inPlace[places[row]] || text(exceptions[row]).includes(word));
          }
        } else if (has[field.name]) {
          tests.push((row) => has[field.name](row, wanted));
        } else if (value[field.name]) {
          tests.push((row) => value[field.name](row) === wanted);
        }
      }
      found = [];
      for (let row = 0; row < total; row++) if (tests.every((test) => test(row))) found.push(row);
      const key = order[sort.replace("-", "")];
      if (key) {
        const keys = new Map(found.map((row) => [row, key(row)]));
        found.sort((a, b) => {
          const [left, right] = [keys.get(a), keys.get(b)];
          return typeof left === "number" ? left - right : collator.compare(left, right);
        });
        if (sort.startsWith("-")) found.reverse();
      }
    };

    const address = (pair, first, second = "") => pair[0] + first + pair[1] + second;
    const make = (row) => {
      const line = template.cloneNode(true);
      const [name, slug, title, impact] = data.recommendations[recs[row]];
      const hasPage = data.recommendations[recs[row]][8];
      const [place, placeSlug] = data.instances[places[row]];
      const [tone, shape, word] = data.verdicts[marks[row]];
      const cells = line.cells;
      line.id = (table.closest(".page") ? table.closest(".page").id + "/" : "") + slug + "/" + placeSlug;
      const level = one(".impact", cells[0]);
      level.textContent = impact;
      level.classList.toggle("high", impact === "high");
      const link = one("a", cells[1]);
      link.textContent = title;
      if (hasPage) link.href = address(data.recommendationPage, slug);
      link.title = name;
      one(".news", cells[1]).textContent = text(news[row]);
      const there = one("a", cells[2]);
      there.textContent = place;
      there.href = address(data.resultPlace, placeSlug, slug);
      const mark = one(".mark", cells[3]);
      mark.className = "mark " + tone;
      mark.firstChild.textContent = shape;
      mark.lastChild.textContent = " " + word;
      cells[4].textContent = data.statuses[text(statuses[row])] || "";
      cells[5].textContent = affected[row] === 0 ? "" : counted[row] < 0 ? affected[row] : affected[row] + " of " + counted[row];
      cells[6].textContent = text(gains[row]);
      cells[7].textContent = text(sinces[row]);
      return line;
    };
    const showMore = () => {
      const next = found.slice(shown, shown + perStep);
      body.append(...next.map(make));
      shown += next.length;
      more.hidden = shown >= found.length;
      more.textContent = "Show " + Math.min(perStep, found.length - shown) + " more";
      count.textContent = found.length === total && shown === total ? total + " rows"
        : found.length === total ? shown + " of " + total + " rows shown"
        : found.length + " of " + total + " rows" + (shown < found.length ? ", " + shown + " shown" : "");
    };
    const show = () => {
      for (const field of fields) field.classList.toggle("set", Boolean(field.value));
      const app = one("#" + CSS.escape(fields.find((field) => field.name === "app").id), form).value;
      for (const option of all('select[name="instance"] option', form)) {
        option.hidden = Boolean(app && option.dataset.app && option.dataset.app !== app);
      }
      heads.forEach((head) => {
        const key = head.dataset.sort;
        if (sort.replace("-", "") !== key) head.removeAttribute("aria-sort");
        else head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending");
      });
      narrow();
      body.replaceChildren();
      shown = 0;
      showMore();
    };
    const change = (isTyping) => { writeAddress(isTyping); show(); };

    heads.forEach((head) => headButton(head, () => {
      const key = head.dataset.sort;
      sort = sort === key ? "-" + key : sort === "-" + key ? "" : key;
      change(false);
    }));
    form.addEventListener("submit", (event) => { event.preventDefault(); change(false); });
    form.addEventListener("input", (event) => {
      if (event.target.name === "app") {
        const chosen = form.elements.namedItem("instance");
        const option = chosen.selectedOptions[0];
        if (option && option.dataset.app && option.dataset.app !== event.target.value) chosen.value = "";
      }
      change(event.target.name === "q");
    });
    one("[data-apply]", form).hidden = true;
    one("[data-reset]", form).addEventListener("click", (event) => {
      event.preventDefault();
      for (const field of fields) field.value = "";
      sort = "";
      change(false);
    });
    more.addEventListener("click", () => {
      const last = body.lastElementChild;
      showMore();
      const next = last && last.nextElementSibling;
      if (next) one("a", next).focus({ preventScroll: true });
    });
    addEventListener("popstate", () => { readAddress(); show(); });
    readAddress();
    show();
    // A row that a link names is shown, however far down it stands.
    const wanted = placeInAddress();
    if (wanted && wanted.includes("/")) {
      while (!document.getElementById(wanted) && shown < found.length) showMore();
    }
  };

  // ---- Places: what a link names is opened and brought into view
  const openPlace = () => {
    const place = document.getElementById(placeInAddress());
    if (!place) return;
    for (let box = place.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (!place.classList.contains("page")) place.scrollIntoView({ block: "start" });
    else scrollTo(0, 0);
    for (const link of all("nav a")) {
      if (root.classList.contains("one")) {
        const isHere = link.hash && place.closest(".page") && link.hash.slice(1) === place.closest(".page").id;
        if (isHere) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
      }
    }
  };

  // ---- Keys: / searches, Escape clears; off where the reader wants none
  const startKeys = () => {
    const button = one("[data-shortcuts]");
    let isOn = remember.get("shortcuts") !== "off";
    const tell = () => { button.textContent = "Shortcut keys: " + (isOn ? "on" : "off"); };
    if (button) {
      button.hidden = false;
      tell();
      button.addEventListener("click", () => {
        isOn = !isOn;
        remember.set("shortcuts", isOn ? "on" : "off");
        tell();
      });
    }
    addEventListener("keydown", (event) => {
      const field = one('input[type="search"]');
      if (event.key === "Escape" && field && document.activeElement === field) {
        field.value = "";
        field.dispatchEvent(new Event("input", { bubbles: true }));
        return;
      }
      if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.key !== "/") return;
      if (document.activeElement && document.activeElement.matches("input, select, textarea")) return;
      event.preventDefault();
      if (field && field.offsetParent) field.focus();
      else location.assign(one("nav li:nth-child(2) a").href);
    });
  };

  // ---- Copying a command
  const startCopying = () => {
    for (const button of all("[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        const code = one("code", button.parentElement);
        let word = "Copied";
        try {
          await navigator.clipboard.writeText(code.textContent);
        } catch {
          getSelection().selectAllChildren(code);
          word = "Selected";
        }
        button.textContent = word;
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
    }
  };

  // ---- Paper shows what is folded
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const box of folded) box.open = true;
  });
  addEventListener("afterprint", () => {
    for (const box of folded) box.open = false;
    folded = [];
  });

  document.addEventListener("DOMContentLoaded", () => {
    startTheme();
    startSorting();
    startResults();
    startKeys();
    startCopying();
    openPlace();
    addEventListener("hashchange", openPlace);
  });
})();

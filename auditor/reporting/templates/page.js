/* The page of a report: filters, search, links, keys. */
(() => {
  const root = document.documentElement, { store } = window.policyAuditor;

  document.addEventListener("DOMContentLoaded", () => {
    const $ = (id) => document.getElementById(id);
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const notes = all(".note");
    const lines = all(".b").map((element) => ({
      element, notes: all(".note", element), words: all(".w", element),
      level: Number(element.querySelector(":is(h4, h5, h6).w")?.tagName[1] ?? 0), row: element.classList.contains("row"),
    }));
    const documents = all(".document");
    const rows = all(".pair.row");
    const groups = all(".group");
    const marks = all("mark[data-for]");
    const boxes = all("#filters fieldset input");
    const search = $("search"), section = $("section"), only = $("only");
    const plural = (n, one) => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;
    const say = (words) => { $("said").textContent = words; };
    let shown = notes, current = null, tab = "";

    /* Filters: a note passes a facet when nothing is chosen there, or its value is. */
    const facets = ["status", "severity", "confidence", "dimension"];
    const texts = new Map();
    const textOf = (element) => {
      if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
      return texts.get(element);
    };
    for (const line of lines) line.text = () => line.words.map(textOf).join(" ");
    const lineOf = new Map(lines.flatMap((line) => line.notes.map((note) => [note, line])));
    const documentOf = (element) => element.closest(".document")?.dataset.doc ?? "";

    const wanted = () => {
      const want = { tab, section: section.value, query: search.value.trim().toLowerCase() };
      for (const facet of facets) {
        want[facet] = new Set(boxes.filter((b) => b.checked && b.closest("fieldset").dataset.facet === facet).map((b) => b.value));
      }
      return want;
    };
    const passes = (note, want, except) =>
      facets.every((f) => f === except || !want[f].size || want[f].has(note.dataset[f])) &&
      (except === "section" || !want.section || note.dataset.section === want.section) &&
      (!want.tab || documentOf(note) === want.tab) &&
      (!want.query || textOf(note).includes(want.query) || lineOf.get(note).text().includes(want.query));

    const tell = (box, count) => {
      box.closest("label").querySelector(".count").textContent = count.toLocaleString("en");
      box.closest("label").classList.toggle("zero", count === 0);
    };
    const recount = (want) => {
      for (const facet of facets) {
        const pool = notes.filter((note) => passes(note, want, facet));
        for (const box of boxes.filter((b) => b.closest("fieldset").dataset.facet === facet)) {
          tell(box, pool.filter((note) => note.dataset[facet] === box.value).length);
        }
      }
      const pool = notes.filter((note) => passes(note, want, "section"));
      for (const option of all("option[data-title]", section)) {
        option.textContent = `${option.dataset.title} (${pool.filter((note) => note.dataset.section === option.value).length})`;
      }
    };

    const paint = (query) => {
      if (!("highlights" in CSS)) return;
      CSS.highlights.delete("found");
      if (!query) return;
      const ranges = [];
      for (const { element, words } of lines) {
        if (element.hidden) continue;
        for (const place of words) {
          const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const text = node.data.toLowerCase();
            if (text.length !== node.length) continue;
            for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
              const range = new Range();
              range.setStart(node, at);
              range.setEnd(node, Math.min(at + query.length, node.length));
              ranges.push(range);
            }
          }
        }
      }
      CSS.highlights.set("found", new Highlight(...ranges));
    };

    /* What is left keeps the headings above it, and a table the names of its columns. */
    const frame = () => {
      let above = [], before = null;
      for (const line of lines) {
        if (line.level) above = [...above.filter((one) => one.level < line.level), line];
        if (line.element.hidden) continue;
        for (const one of above) if (one.element.parentElement === line.element.parentElement) one.element.hidden = false;
        if (line.row) line.element.classList.toggle("first", !before?.row);
        before = line;
      }
    };

    const apply = () => {
      const want = wanted();
      shown = notes.filter((note) => passes(note, want));
      const visible = new Set(shown), names = new Set(shown.map((note) => note.id));
      for (const note of notes) note.hidden = !visible.has(note);
      for (const mark of marks) mark.classList.toggle("off", !mark.dataset.for.split(" ").some((id) => names.has(id)));
      for (const row of rows) row.hidden = !names.has(row.dataset.for);
      for (const group of groups) {
        const left = all(".pair.row", group).filter((row) => !row.hidden).length;
        group.querySelector(".live").textContent = left.toLocaleString("en");
        group.hidden = left === 0;
      }
      const narrowed = only.checked || facets.some((f) => want[f].size) || want.section;
      let clauses = 0;
      for (const line of lines) {
        const noted = line.notes.some((note) => visible.has(note));
        line.element.hidden = narrowed ? !noted : Boolean(want.query) && !noted && !line.text().includes(want.query);
        if (!line.element.hidden && !line.level) clauses += 1;
      }
      frame();
      for (const one of documents) {
        one.hidden = (want.tab && one.dataset.doc !== want.tab) || !all(".b", one).some((line) => !line.hidden);
      }
      $("nothing").hidden = documents.some((one) => !one.hidden);
      const total = want.tab ? notes.filter((note) => documentOf(note) === want.tab).length : notes.length;
      $("total").textContent = shown.length === total && !want.query
        ? plural(total, "note")
        : `${shown.length.toLocaleString("en")} of ${plural(total, "note")}` + (want.query ? `, in ${plural(clauses, "paragraph")}` : "");
      recount(want);
      paint(want.query);
    };
    const clear = () => {
      for (const box of boxes) box.checked = false;
      search.value = ""; section.value = ""; only.checked = false;
      choose("");
    };
    let waiting = 0;
    search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
    $("filters").addEventListener("change", apply);
    $("filters").addEventListener("submit", (event) => { event.preventDefault(); apply(); });
    for (const button of all(".clear")) button.addEventListener("click", clear);

    /* Tabs, where there are several documents */
    const list = document.querySelector(".tabs");
    const tabs = [];
    const choose = (name) => {
      tab = name;
      for (const one of tabs) {
        const on = one.dataset.doc === name;
        one.setAttribute("aria-selected", String(on));
        one.tabIndex = on ? 0 : -1;
      }
      apply();
    };
    if (list) {
      list.setAttribute("role", "tablist");
      const make = (name, words) => {
        const button = document.createElement("button");
        button.type = "button";
        button.setAttribute("role", "tab");
        button.dataset.doc = name;
        button.id = "tab-" + (name || "all");
        button.textContent = words;
        button.addEventListener("click", () => choose(name));
        list.append(button);
        tabs.push(button);
      };
      make("", "All documents");
      for (const one of documents) {
        one.setAttribute("role", "tabpanel");
        make(one.dataset.doc, one.querySelector("h3 bdi").textContent);
        tabs.at(-1).setAttribute("aria-controls", one.id);
      }
      list.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
        next.focus();
        choose(next.dataset.doc);
      });
    }
    choose("");

    /* Deep links and the way from note to note */
    const open = (element) => {
      for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    };
    const show = (note) => {
      if (note.hidden || note.closest("[hidden]")) clear();
      open(note);
      current = note;
      note.scrollIntoView({ block: "center", behavior: "auto" });
      note.querySelector("summary").focus({ preventScroll: true });
    };
    const follow = () => {
      let name = location.hash.slice(1);
      try { name = decodeURIComponent(name); } catch { /* as it stands */ }
      const target = name && $(name);
      if (!target) return;
      if (target.classList.contains("note")) return show(target);
      if (target.closest("[hidden]")) clear();
      open(target);
      target.scrollIntoView({ behavior: "auto" });
    };
    addEventListener("hashchange", follow);
    for (const mark of marks) {
      if (!mark.closest(".b")) continue;
      mark.addEventListener("click", () => {
        const note = mark.dataset.for.split(" ").map($).find((one) => one && !one.hidden);
        if (note) { note.open = true; current = note; }
      });
    }
    /* An open note points at its own words. */
    document.addEventListener("toggle", (event) => {
      const note = event.target;
      if (!note.classList.contains("note")) return;
      for (const mark of marks) {
        if (mark.closest(".b") && mark.dataset.for.split(" ").includes(note.id)) mark.classList.toggle("lit", note.open);
      }
    }, true);
    const step = (by) => {
      const seen = shown.filter((note) => !note.closest("[hidden]"));
      if (!seen.length) return;
      let at = seen.indexOf(current);
      if (at < 0) {
        at = seen.findIndex((note) => note.getBoundingClientRect().top > 60);
        at = by > 0 ? (at < 0 ? 0 : at) - by : at < 0 ? seen.length : at;
      }
      const next = seen[Math.max(0, Math.min(seen.length - 1, at + by))];
      if (current && current !== next) current.open = false;
      show(next);
      history.replaceState(null, "", "#" + next.id);
    };

    /* Keys */
    const help = $("help"), single = $("single");
    single.checked = store.get("keys") !== "off";
    single.addEventListener("change", () => store.set("keys", single.checked ? "on" : "off"));
    $("keys").addEventListener("click", () => help.showModal());
    $("close").addEventListener("click", () => help.close());
    const seek = () => { search.closest("details").open = true; search.focus(); search.select(); };
    const actions = { j: () => step(1), k: () => step(-1), "/": seek, "?": () => help.showModal(), d: () => $("theme").click(), x: clear };
    addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
      if (event.key === "Escape" && typing) return typing.blur();
      if (typing || help.open || event.ctrlKey || event.metaKey || event.altKey || !single.checked) return;
      const action = Object.hasOwn(actions, event.key) && actions[event.key];
      if (action) { event.preventDefault(); action(); }
    });

    /* Copying and printing */
    for (const button of all(".copy")) {
      button.addEventListener("click", async () => {
        const after = button.closest(".meta").previousElementSibling;
        try { await navigator.clipboard.writeText(after.textContent); say("Copied"); button.textContent = "Copied"; }
        catch { getSelection().selectAllChildren(after); say("Selected; copy it with the keyboard"); }
      });
    }
    addEventListener("afterprint", () => root.classList.remove("print-counsel", "print-rest"));
    for (const name of ["print-counsel", "print-rest"]) {
      $(name).addEventListener("click", () => { root.classList.add(name); print(); });
    }

    follow();
  });
})();

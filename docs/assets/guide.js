// Helpers; every page is complete without them. What a reader chooses is kept in the address, where it can be assigned,
// or in this browser alone.

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const base = new URL(import.meta.url).pathname.replace(/assets\/guide\.js$/, "");
const remembered = (name, fallback) => { try { return JSON.parse(localStorage.getItem(name)) ?? fallback; } catch { return fallback; } };
const remember = (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* a reader may forbid it */ } };
const address = () => new URLSearchParams(location.search);
const keepInAddress = (query) => history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);

// -- previews of references and terms ---------------------------------------------------------------------------------

const preview = make("div", { id: "preview", className: "preview", hidden: true });
let shownFor = null;
let timer = 0;
let terms = null;

const termOf = (link) => link.pathname.match(/\/terms\/([^/]+)\/$/)?.[1];
const previewed = (target) => {
  const link = target.closest?.(".md-content a[href]");
  return link instanceof HTMLAnchorElement && (link.matches(".cite") || (termOf(link) && link.pathname !== location.pathname)) ? link : null;
};

const referenceOf = (link) => {
  const key = link.pathname.match(/\/sources\/([^/]+)\/$/)?.[1] ?? location.pathname.match(/\/sources\/([^/]+)\/$/)?.[1];
  return document.getElementById(`ref-${key}`);
};

const explanation = async (link) => {
  terms ??= fetch(`${base}assets/terms.json`).then((answer) => answer.json()).catch(() => ({}));
  const words = (await terms)[termOf(link)];
  return words ? [make("p", {}, words), make("p", {}, make("a", { href: link.href, textContent: "More on this term" }))] : null;
};

const citation = (link) => {
  const reference = referenceOf(link);
  if (!reference) return null;
  const text = make("p");
  text.innerHTML = reference.innerHTML;
  const locator = link.textContent.split(", ").slice(1).join(", ");
  const words = locator ? `${locator}, and all that rests on it` : "All that rests on this source";
  return [text, make("p", {}, make("a", { href: link.href, textContent: words }))];
};

const place = (link) => {
  const box = link.getClientRects()[0];
  const width = Math.min(416, document.documentElement.clientWidth - 32);
  const left = Math.max(16, Math.min(box.left, document.documentElement.clientWidth - width - 16));
  Object.assign(preview.style, {
    width: `${width}px`,
    left: `${left + window.scrollX}px`,
    top: `${box.bottom + window.scrollY + 6}px`,
  });
};

const show = async (link) => {
  clearTimeout(timer);
  if (shownFor === link) return;
  shownFor?.removeAttribute("aria-describedby");
  shownFor = link;
  const content = await (link.matches(".cite") ? citation(link) : explanation(link));
  if (!content || shownFor !== link) return;
  preview.replaceChildren(...content);
  preview.hidden = false;
  place(link);
  link.setAttribute("aria-describedby", "preview");
};

const hide = () => {
  clearTimeout(timer);
  shownFor?.removeAttribute("aria-describedby");
  preview.hidden = true;
  shownFor = null;
};

const later = (action, delay) => {
  clearTimeout(timer);
  timer = setTimeout(action, delay);
};

const startPreviews = () => {
  document.body.append(preview);
  let touched = false;
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; }, true);
  document.addEventListener("pointerover", (event) => {
    const link = previewed(event.target);
    if (event.pointerType === "touch") return;
    if (link) later(() => show(link), 120);
    else if (preview.contains(event.target)) clearTimeout(timer);
    else if (shownFor && document.activeElement !== shownFor) later(hide, 250);
  });
  document.addEventListener("focusin", (event) => {
    const link = previewed(event.target);
    if (link) show(link);
    else if (!preview.contains(event.target)) hide();
  });
  document.addEventListener("click", (event) => {
    const link = previewed(event.target);
    if (link && touched) {
      event.preventDefault();
      show(link);
    } else if (!preview.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
};

// -- tables of records ------------------------------------------------------------------------------------------------

const collator = new Intl.Collator("en", { numeric: true });
const sortKey = (row, column) => {
  const cell = row.cells[column];
  return cell.querySelector("[data-sort]")?.dataset.sort ?? cell.textContent.trim();
};

const sortBy = (table, column) => {
  const head = table.tHead.rows[0].cells[column];
  const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => direction * collator.compare(sortKey(a, column), sortKey(b, column)));
  table.tBodies[0].append(...rows);
};

const fold = (text) => text.normalize("NFKD").replace(/\p{Diacritic}/gu, "").toLowerCase();

const startTable = (table) => {
  for (const [column, cell] of [...table.tHead.rows[0].cells].entries()) {
    const button = make("button", { type: "button", textContent: cell.textContent, title: "Sort by this column" });
    button.addEventListener("click", () => sortBy(table, column));
    cell.replaceChildren(button);
  }
  const rows = [...table.tBodies[0].rows];
  const texts = new Map(rows.map((row) => [row, fold(row.textContent)]));
  const input = make("input", { type: "search", autocomplete: "off" });
  const count = make("output", { textContent: `${rows.length} rows` });
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => texts.get(row).includes(word));
    count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows`;
  });
  table.closest(".records").prepend(make("p", { className: "filter" }, make("label", {}, "Show rows with ", input), " ", count));
};

// -- names of places --------------------------------------------------------------------------------------------------

const FORMS = { neutral: "Names: both", japan: "Names: Japanese", russia: "Names: Russian" };

const useForm = (form) => {
  for (const name of document.querySelectorAll(".name[data-japan]")) {
    name.dataset.neutral ??= name.textContent;
    name.textContent = name.dataset[form];
  }
};

const startNames = () => {
  if (!document.querySelector(".name[data-japan]")) return;
  const select = make("select", {}, ...Object.entries(FORMS).map(([value, textContent]) => make("option", { value, textContent })));
  select.setAttribute("aria-label", "Places with two names");
  select.value = remembered("guide-names", "neutral");
  select.addEventListener("change", () => { remember("guide-names", select.value); useForm(select.value); });
  document.querySelector("article").prepend(make("p", { className: "names-switch" }, select));
  useForm(select.value);
};

// -- timeline ---------------------------------------------------------------------------------------------------------

const startTimeline = (timeline) => {
  const entries = [...timeline.querySelectorAll(".entry")];
  const titles = new Map([...document.querySelectorAll(".timeline a[href]")].map((link) => [link.pathname.split("/").at(-2), link.textContent]));
  const query = address();
  const selects = Object.entries({ kind: "Kind", people: "Leader", documents: "Document" }).map(([name, label]) => {
    const words = [...new Set(entries.flatMap((entry) => entry.dataset[name].split(" ")).filter(Boolean))];
    const shown = (word) => titles.get(word) ?? word.replaceAll("-", " ");
    const options = words.sort((a, b) => collator.compare(shown(a), shown(b))).map((value) => make("option", { value, textContent: shown(value) }));
    const select = make("select", { name }, make("option", { value: "", textContent: "all" }), ...options);
    select.value = query.get(name) ?? "";
    select.addEventListener("change", apply);
    return [label, select];
  });
  const count = make("output");
  function apply() {
    const wanted = selects.map(([, select]) => select).filter((select) => select.value);
    for (const entry of entries) entry.closest("li").hidden = !wanted.every((select) => entry.dataset[select.name].split(" ").includes(select.value));
    count.textContent = `${entries.filter((entry) => !entry.closest("li").hidden).length} of ${entries.length} entries`;
    keepInAddress(new URLSearchParams(wanted.map((select) => [select.name, select.value])));
  }
  timeline.prepend(make("p", { className: "filter" }, ...selects.map(([label, select]) => make("label", {}, `${label} `, select, " ")), count));
  apply();
};

// -- comparison -------------------------------------------------------------------------------------------------------

const startComparison = (comparison) => {
  const sections = [...comparison.querySelectorAll(".position")];
  const chosen = new Set((address().get("p") ?? "").split(" ").filter(Boolean));
  const boxes = sections.map((section) => {
    const box = make("input", { type: "checkbox", value: section.id, checked: chosen.has(section.id) });
    box.addEventListener("change", apply);
    return make("label", {}, box, ` ${section.querySelector("h2").firstChild.textContent}`);
  });
  function apply() {
    const ids = boxes.map((label) => label.firstChild).filter((box) => box.checked).map((box) => box.value);
    for (const section of sections) section.hidden = ids.length > 0 && !ids.includes(section.id);
    comparison.classList.toggle("chosen", ids.length > 0);
    keepInAddress(new URLSearchParams(ids.length ? { p: ids.join(" ") } : {}));
  }
  comparison.prepend(make("fieldset", { className: "choice" }, make("legend", { textContent: "Compare" }), ...boxes));
  apply();
};

// -- map --------------------------------------------------------------------------------------------------------------

const startMap = (box) => {
  const lines = [...box.querySelectorAll(".boundary")];
  const wanted = address().get("lines")?.split(" ");
  const boxes = lines.map((line) => {
    const input = make("input", { type: "checkbox", value: line.dataset.year, checked: !wanted || wanted.includes(line.dataset.year) });
    input.addEventListener("change", apply);
    return make("label", {}, input, ` ${line.dataset.year === "1945" ? "since 1945" : line.dataset.year}`);
  });
  function apply() {
    const shown = boxes.map((label) => label.firstChild).filter((input) => input.checked).map((input) => input.value);
    for (const line of lines) line.toggleAttribute("hidden", !shown.includes(line.dataset.year));
    keepInAddress(new URLSearchParams(shown.length < lines.length ? { lines: shown.join(" ") } : {}));
  }
  box.prepend(make("fieldset", { className: "choice" }, make("legend", { textContent: "Boundaries of" }), ...boxes));
  apply();
};

// -- quiz and progress ------------------------------------------------------------------------------------------------

const shuffle = (items) => {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
  return items;
};

const startQuiz = (quiz) => {
  const sections = [...quiz.querySelectorAll("section[data-chapter]")];
  const chosen = new Set((address().get("chapters") ?? "").split(" ").filter(Boolean));
  const boxes = sections.map((section) => {
    const box = make("input", { type: "checkbox", value: section.dataset.chapter, checked: !chosen.size || chosen.has(section.dataset.chapter) });
    box.addEventListener("change", apply);
    return make("label", {}, box, ` ${section.querySelector("h2").firstChild.textContent}`);
  });
  const deck = make("div", { className: "deck" });
  const button = make("button", { type: "button", className: "md-button", textContent: "Shuffle these questions" });
  function apply() {
    const ids = boxes.map((label) => label.firstChild).filter((box) => box.checked).map((box) => box.value);
    for (const section of sections) section.hidden = !ids.includes(section.dataset.chapter);
    keepInAddress(new URLSearchParams(ids.length < boxes.length ? { chapters: ids.join(" ") } : {}));
    deck.replaceChildren();
  }
  button.addEventListener("click", () => {
    const cards = sections.filter((section) => !section.hidden).flatMap((section) => [...section.querySelectorAll("details")]);
    deck.replaceChildren(...shuffle(cards.map((card) => Object.assign(card.cloneNode(true), { id: "", open: false }))));
    for (const section of sections) section.hidden = true;
    deck.querySelector("summary")?.focus();
  });
  quiz.prepend(make("fieldset", { className: "choice" }, make("legend", { textContent: "Chapters" }), ...boxes), button, deck);
  apply();
};

const startProgress = () => {
  const read = new Set(remembered("guide-read", []));
  const here = location.pathname.match(/\/chapters\/(\d[^/]*)\/$/)?.[1];
  if (here) {
    remember("guide-last", { path: location.pathname.slice(base.length), title: document.querySelector("h1").firstChild.textContent });
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) remember("guide-read", [...read.add(here)]);
    }).observe(document.getElementById("sec-check"));
  }
  for (const link of document.querySelectorAll(".chapters a[href]")) {
    if (read.has(link.pathname.split("/").at(-2))) link.after(make("span", { className: "done", textContent: " ✓ read" }));
  }
  const last = remembered("guide-last", null);
  const home = document.querySelector(".continue");
  if (home && last) home.replaceChildren("You were reading ", make("a", { href: base + last.path, textContent: last.title }), ".");
};

// -- search -----------------------------------------------------------------------------------------------------------

// The theme asks the whole index at every key, and not at all for what is pasted or composed; it is asked at each pause.
const PAUSE = 100;

const startSearch = () => {
  const query = document.querySelector('[data-md-component="search-query"]');
  let pause = 0;
  const wait = (event) => {
    if (event.target !== query || !event.isTrusted) return;
    if (event.type === "keyup") event.stopPropagation();
    clearTimeout(pause);
    pause = setTimeout(() => query.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })), PAUSE);
  };
  for (const kind of ["keyup", "input"]) document.addEventListener(kind, wait, true);
};

// -- names that the theme does not give -------------------------------------------------------------------------------

const nameParts = () => {
  document.querySelector('[data-md-component="search"][role="dialog"]')?.setAttribute("aria-label", "Search");
  document.querySelector("nav.md-path")?.setAttribute("aria-label", "Breadcrumbs");
  for (const nav of document.querySelectorAll("nav.md-nav[aria-labelledby]")) {
    const title = nav.querySelector(":scope > .md-nav__title")?.textContent.trim();
    if (!title) continue;
    nav.removeAttribute("aria-labelledby");
    nav.setAttribute("aria-label", title);
  }
};

nameParts();
startSearch();
startPreviews();
startNames();
startProgress();
document.querySelectorAll(".timeline").forEach(startTimeline);
document.querySelectorAll(".map-box").forEach(startMap);
document.querySelectorAll(".comparison").forEach(startComparison);
document.querySelectorAll(".quiz").forEach(startQuiz);
for (const table of document.querySelectorAll(".records table")) startTable(table);

// Three helpers; every page is complete without them: previews of references, tables that sort and filter, names for
// parts of the theme that have none.

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// -- previews of references -------------------------------------------------------------------------------------------

const preview = make("div", { id: "preview", className: "preview", hidden: true });
let shownFor = null;
let timer = 0;

const referenceOf = (link) => {
  const key = link.pathname.match(/\/sources\/([^/]+)\/$/)?.[1] ?? document.querySelector("[data-source]")?.dataset.source;
  return document.getElementById(`ref-${key}`);
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

const show = (link) => {
  const reference = referenceOf(link);
  clearTimeout(timer);
  if (!reference || shownFor === link) return;
  const text = make("p");
  text.innerHTML = reference.innerHTML;
  const locator = link.textContent.split(", ").slice(1).join(", ");
  const way = make("a", { href: link.href, textContent: locator ? `${locator}, and all that rests on it` : "All that rests on this source" });
  preview.replaceChildren(text, make("p", {}, way));
  preview.hidden = false;
  place(link);
  shownFor?.removeAttribute("aria-describedby");
  link.setAttribute("aria-describedby", "preview");
  shownFor = link;
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
    const link = event.target.closest?.("a.cite");
    if (event.pointerType === "touch") return;
    if (link) later(() => show(link), 120);
    else if (preview.contains(event.target)) clearTimeout(timer);
    else if (shownFor && document.activeElement !== shownFor) later(hide, 250);
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest?.("a.cite");
    if (link) show(link);
    else if (!preview.contains(event.target)) hide();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.cite");
    if (link && touched && referenceOf(link)) {
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
startPreviews();
for (const table of document.querySelectorAll(".records table")) startTable(table);

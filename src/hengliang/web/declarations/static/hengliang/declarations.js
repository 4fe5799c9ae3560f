// The panel beside the grid: long texts are edited there as cells of the grid, and what is typed is read at once.

const root = document.querySelector("[data-grid]");
const panel = document.getElementById("panel");

/** Puts what the server says of a row into the panel, but the texts that somebody is typing. */
function refreshed(html) {
  const made = new DOMParser().parseFromString(html, "text/html");
  const live = made.getElementById("panel-live");
  const here = document.getElementById("panel-live");
  if (live && here) {
    here.replaceChildren(...live.childNodes);
    window.htmx?.process(here);
  }
}

if (root && panel) {
  panel.removeAttribute("aria-live");
  let timer;

  const typed = (field) => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const { cellRow: row, cellKey: key, liveUrl } = field.dataset;
      const query = new URLSearchParams({ key, value: field.value });
      try {
        const response = await fetch(`${liveUrl}?${query}`, { credentials: "same-origin", headers: { "HX-Request": "true" } });
        if (response.ok && document.activeElement === field) refreshed(await response.text());
      } catch {
        // The reading waits until the server can be reached again.
      }
      root.grid.change([{ row, key, value: field.value }]);
    }, 400);
  };

  panel.addEventListener("input", (event) => {
    if (event.target.matches("[data-cell-key]")) typed(event.target);
  });
  panel.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches("[data-cell-key]")) return;
    clearTimeout(timer);
    root.grid.change([{ row: field.dataset.cellRow, key: field.dataset.cellKey, value: field.value }]);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches("[data-cell-key]")) root.grid.focus();
  });
  // While something is typed in the panel, an answer renews only what is found and read, never the field itself.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr, requestConfig } = event.detail;
    const typing = panel.contains(document.activeElement) && document.activeElement.closest("textarea, select");
    if (target !== panel || requestConfig?.verb !== "get" || !typing) return;
    const same = typing.closest("[data-row]")?.dataset.row;
    if (same && xhr.responseURL.includes(encodeURIComponent(same))) {
      event.detail.shouldSwap = false;
      refreshed(xhr.responseText);
    }
  });
  // A comment that was begun waits while other rows are looked at.
  const begun = new Map();
  const nameOf = (field) => `${field.closest("[data-row]").dataset.row} ${field.form.action} ${field.name}`;
  panel.addEventListener("input", (event) => {
    const field = event.target;
    if (field.form?.matches("[hx-post]")) begun.set(nameOf(field), field.value);
  });
  panel.addEventListener("htmx:beforeSwap", (event) => {
    const { requestConfig, xhr } = event.detail;
    if (requestConfig.verb !== "post" || xhr.status >= 400) return;
    for (const field of requestConfig.elt.querySelectorAll("textarea, select")) begun.delete(nameOf(field));
  });
  panel.addEventListener("htmx:afterSwap", () => {
    for (const field of panel.querySelectorAll("form[hx-post] :is(textarea, select)")) {
      if (!begun.has(nameOf(field))) continue;
      field.value = begun.get(nameOf(field));
      const folded = field.closest("details");
      if (folded) folded.open = true;
    }
  });
  // A link to a row, such as that of a finding or a comment.
  const wanted = decodeURIComponent(location.hash).match(/^#row-(\w+)$/);
  if (wanted) {
    const start = () => {
      const y = root.grid?.rows.findIndex((row) => row.id === wanted[1]) ?? -1;
      if (y >= 0) root.grid.go(y, 2);
    };
    if (root.grid) start();
    else window.addEventListener("load", start);
  }
}

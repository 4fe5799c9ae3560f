// Keeps what is typed: saves it a moment later, keeps a draft in this browser until it is saved, and puts together what
// two people did.

import { csrfToken } from "../page.js";
import { difference, mergeThree, nothing, setCells, text } from "./sheet.js";

const QUIET = 1200;
const AGAIN = [3000, 8000, 20000, 60000];

export class Saver {
  /**
   * url, version, rows   where to save, and what was loaded
   * draftKey             the name of the draft in this browser
   * now()                the rows as they are
   * onState(state, holes)   saved, unsaved, saving, offline, refused, conflict
   * onAnswer(answer, rewrite)   what the server found; rewrite gives rows their new ids and corrected cells
   * onTheirs(rewrite, answer, conflicts)   another person saved before; rewrite puts that into a list of rows
   */
  constructor(options) {
    Object.assign(this, options);
    this.base = options.rows;
    this.failed = 0;
    this.busy = false;
    this.paused = false;
    this.met = 0;
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => {
      if (!nothing(this.pending())) event.preventDefault();
    });
  }

  pending() {
    return difference(this.base, this.now());
  }

  /** Something was edited. */
  changed() {
    if (nothing(this.pending())) {
      this.forget();
      if (!this.busy) this.onState("saved");
      return;
    }
    this.keep();
    if (!this.busy) this.onState(this.failed ? "offline" : "unsaved");
    this.later(this.failed ? AGAIN[Math.min(this.failed - 1, AGAIN.length - 1)] : QUIET);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /** Saves now what is not saved. */
  async save() {
    clearTimeout(this.timer);
    if (this.busy || this.paused) return;
    const parts = this.pending();
    if (nothing(parts)) {
      this.forget();
      this.onState("saved");
      return;
    }
    const sent = this.now();
    this.busy = true;
    this.onState("saving");
    let response = null;
    let answer = {};
    try {
      response = await fetch(this.url, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
        body: JSON.stringify({ base_version: this.version, ...parts }),
      });
      if (response.headers.get("Content-Type")?.includes("json")) answer = await response.json();
    } catch {
      response = null;
    }
    this.busy = false;
    if (response === null || response.status >= 500 || response.status === 429) this.retry();
    else if (response.status === 409 && answer.rows) this.meet(answer);
    else if (response.ok && answer.version !== undefined) this.accept(sent, answer);
    else {
      this.keep();
      this.onState("refused", { code: response.status, message: answer.message ?? "" });
    }
  }

  retry() {
    this.failed += 1;
    this.keep();
    this.onState("offline");
    this.later(AGAIN[Math.min(this.failed - 1, AGAIN.length - 1)]);
  }

  accept(sent, answer) {
    this.failed = 0;
    this.met = 0;
    this.version = answer.version;
    const rename = renamer(answer);
    const said = (answer.rows ?? []).filter((row) => row.cells);
    const corrections = said.flatMap((row) => Object.entries(row.cells).map(([key, value]) => ({ row: row.id, key, value })));
    const before = rename(sent);
    this.base = setCells(before, corrections);
    const sentCells = new Map(before.map((row) => [row.id, row]));
    this.onAnswer(answer, (rows) => {
      const renamed = rename(rows);
      const now = new Map(renamed.map((row) => [row.id, row]));
      // What was typed again in the meantime is not corrected.
      const same = ({ row, key }) => now.has(row) && sentCells.has(row) && text(now.get(row), key) === text(sentCells.get(row), key);
      return setCells(renamed, corrections.filter(same));
    });
    this.changed();
  }

  meet(answer) {
    const [base, rename] = [this.base, renamer(answer)];
    const theirs = answer.rows.map(({ id, cells }) => ({ id, cells }));
    const { conflicts } = mergeThree(base, rename(this.now()), theirs);
    this.met += 1;
    this.base = theirs;
    this.version = answer.version;
    this.paused = conflicts.length > 0;
    this.onTheirs((rows) => mergeThree(base, rename(rows), theirs).rows, answer, conflicts);
    if (this.paused) this.onState("conflict");
    else this.changed();
  }

  /** The conflict is settled. */
  resume() {
    this.paused = false;
    if (this.met < 3) this.save();
    else this.later(AGAIN[0]);
  }

  keep() {
    const draft = { version: this.version, base: this.base, rows: this.now(), when: new Date().toISOString() };
    try {
      localStorage.setItem(this.draftKey, JSON.stringify(draft));
    } catch {
      // A full or closed store costs the draft, never the typing.
    }
  }

  forget(which = "") {
    localStorage.removeItem(this.draftKey + which);
  }

  /**
   * The draft that an earlier visit left here and that says something else than what is loaded; or null. It is laid
   * beside, so that typing on does not write over it before the person has chosen.
   */
  draft() {
    const found = localStorage.getItem(this.draftKey) ?? localStorage.getItem(`${this.draftKey}:old`);
    this.forget();
    try {
      const draft = JSON.parse(found);
      if (draft && !nothing(difference(this.base, mergeThree(draft.base, draft.rows, this.base).rows))) {
        localStorage.setItem(`${this.draftKey}:old`, found);
        return draft;
      }
    } catch {
      // What cannot be read is no draft.
    }
    this.forget(":old");
    return null;
  }
}

/** Gives new rows the ids that the server gave them. */
function renamer({ ids = {} }) {
  return (rows) => rows.map((row) => (row.id in ids ? { ...row, id: ids[row.id] } : row));
}

// Keeps what is typed: saves it a moment later, keeps a draft in this browser until it is saved, and puts together what
// two people did.

import { csrfToken } from "../csrf.js";
import { difference, mergeThree, nothing } from "./sheet.js";

const QUIET = 1200;
const AGAIN = [3000, 8000, 20000, 60000];
const EMPTY = { inserts: [], moves: [], deletes: [], changes: [] };

export class Saver {
  /**
   * url, version, rows   where to save, and what was loaded
   * draftKey             the name of the draft in this browser
   * now()                the rows as they are
   * onState(state, holes)   saved, unsaved, saving, offline, refused, signedOut, conflict
   * onRows(rewrite, answer, foreign)   the server told its rows; rewrite puts what is new in them into a list of rows;
   *                      foreign: others did some of it
   * onRefused(answer)    one cell cannot be kept as it is: {row, key, message}
   * onConflicts(conflicts, who)   both changed a cell; a promise that is kept when all are settled
   */
  constructor(options) {
    Object.assign(this, options);
    this.base = options.rows;
    this.held = new Map();
    this.failed = 0;
    this.met = 0;
    this.busy = false;
    window.addEventListener("online", () => this.save());
    // Whoever signed in again in another window comes back to this one.
    window.addEventListener("focus", () => this.signedOut && this.save());
    window.addEventListener("beforeunload", (event) => {
      if (!nothing(this.difference())) event.preventDefault();
    });
  }

  difference() {
    return difference(this.base, this.now());
  }

  /** What is to be sent: all that differs but the cells that were refused and still say the same. */
  pending() {
    const parts = this.difference();
    const sent = ({ row, key, value }) => this.held.get(`${row}/${key}`) !== value;
    return { ...parts, changes: parts.changes.filter(sent) };
  }

  /** Something was edited. */
  changed() {
    const settled = nothing(this.pending());
    if (settled) this.rest();
    else {
      this.keep();
      if (!this.busy) this.onState(this.failed ? "offline" : "unsaved");
      this.later(this.failed ? this.pause() : QUIET);
    }
  }

  /** All is sent: it is saved, or some cells were refused. */
  rest() {
    const refused = this.difference().changes.length > 0;
    if (refused) this.keep();
    else this.forget();
    if (!this.busy) this.onState(refused ? "refused" : "saved", { message: this.refusal });
  }

  pause() {
    return AGAIN[Math.min(this.failed, AGAIN.length) - 1];
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /** Saves now what is not saved. */
  async save() {
    clearTimeout(this.timer);
    if (this.busy) return;
    const parts = this.pending();
    if (nothing(parts)) {
      this.rest();
      return;
    }
    this.busy = true;
    this.stopped = false;
    this.signedOut = false;
    this.onState("saving");
    try {
      // After a lost answer nobody knows what arrived: the server is asked before it is told again.
      if (!this.failed || (await this.ask(""))) await this.tell(this.pending());
    } catch {
      this.failed += 1;
      this.onState("offline");
    }
    this.busy = false;
    if (this.failed || this.stopped) this.keep();
    if (this.failed) this.later(this.pause());
    else if (!this.stopped) this.changed();
  }

  async tell(parts) {
    if (nothing(parts)) return;
    const sent = this.now();
    const { status, answer } = await this.post(parts);
    if (status === 200) {
      this.met = 0;
      // What comes back of a cell that was sent is only another way to write it.
      const ours = new Set(parts.changes.map(({ row, key }) => `${row}/${key}`));
      await this.settle(this.learn(sent, answer, ({ row, key }) => !ours.has(`${row}/${key}`)));
    } else if (status === 409) {
      this.met += 1;
      if (this.met > 3) throw new Error("never settled");
      if (await this.ask(answer.conflict?.[0]?.by)) await this.tell(this.pending());
    } else if (status === 422 && answer.row && answer.key) {
      const refused = parts.changes.find((one) => one.row === answer.row && one.key === answer.key);
      if (!refused) throw new Error("refused for nothing");
      this.held.set(`${refused.row}/${refused.key}`, refused.value);
      this.refusal = answer.message ?? "";
      this.onRefused(answer);
      await this.tell(this.pending());
    } else this.stop(status, answer);
  }

  /** Asks the server for its rows, puts them together with those here, and has conflicts settled; true when done. */
  async ask(who) {
    const { status, answer } = await this.post(EMPTY);
    if (status !== 200) {
      this.stop(status, answer);
      return false;
    }
    this.failed = 0;
    await this.settle(this.learn(this.base, answer), who);
    return true;
  }

  /** Takes over what this person did elsewhere, such as rows put in out of the library. */
  async renew() {
    while (this.busy) await new Promise((done) => setTimeout(done, 50));
    this.busy = true;
    try {
      const { status, answer } = await this.post(EMPTY);
      if (status === 200) await this.settle(this.learn(this.base, answer, () => true, true));
      else this.stop(status, answer);
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  async settle(conflicts, who = "") {
    if (!conflicts.length) return;
    this.onState("conflict");
    await this.onConflicts(conflicts, who);
  }

  /**
   * Takes over what the server knows; `believed` is what it was thought to know, `foreign` tells which cells others may
   * have written. Gives the conflicts in those. `own`: what is new is this person's own.
   */
  learn(believed, answer, foreign = () => true, own = false) {
    this.version = answer.version;
    const theirs = answer.rows[0]?.cells ? answer.rows.map(({ id, cells }) => ({ id, cells })) : believed;
    const { conflicts } = mergeThree(believed, this.now(), theirs);
    this.base = theirs;
    const parts = difference(believed, theirs);
    const rewrite = (rows) => (nothing(parts) ? rows : mergeThree(believed, rows, theirs).rows);
    this.onRows(rewrite, answer, !own && !nothing({ ...parts, changes: parts.changes.filter(foreign) }));
    return conflicts.filter(foreign);
  }

  /** It is of no use to send the same again: the person must do something, and the draft stays. */
  stop(status, answer) {
    if (status >= 500 || status === 429) throw new Error("later");
    this.stopped = true;
    this.signedOut = status === 401;
    this.onState(this.signedOut ? "signedOut" : "refused", { code: status, message: answer.message ?? "" });
  }

  async post(parts) {
    const response = await fetch(this.url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ base_version: this.version, ...parts }),
    });
    const json = response.headers.get("Content-Type")?.includes("json");
    const answer = json ? await response.json() : {};
    if (response.status === 200 && !answer.rows) return { status: 403, answer };
    return { status: response.status, answer };
  }

  keep() {
    const draft = { base: this.base, rows: this.now(), when: new Date().toISOString() };
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

import { lazy } from "react";

/** What is in the drawer comes once the page has come to rest: the board and the grid do without it until a duty is opened. */
const load = {
  form: async () => ({ default: (await import("./duty-form")).DutyForm }),
  facts: async () => ({ default: (await import("./duty-facts")).DutyFacts }),
};

export const DutyForm = lazy(load.form);
export const DutyFacts = lazy(load.facts);
export const DRAWER_PARTS = Object.values(load);

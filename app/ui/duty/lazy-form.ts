import { lazily } from "../primitives/lazily";

/** What is in the drawer, which the board and the grid do without until a duty is opened. */
const form = lazily(async () => (await import("./duty-form")).DutyForm);
const facts = lazily(async () => (await import("./duty-facts")).DutyFacts);

export const DutyForm = form.Component;
export const DutyFacts = facts.Component;
export const DRAWER_PARTS = [form, facts];

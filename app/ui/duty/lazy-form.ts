import { lazily } from "../primitives/lazily";

/**
 * The contents of the drawer, which are loaded after hydration, because board and grid need them only once a duty is
 * opened.
 */
const form = lazily(async () => (await import("./duty-form")).DutyForm);
const facts = lazily(async () => (await import("./duty-facts")).DutyFacts);

export const DutyForm = form.Component;
export const DutyFacts = facts.Component;
export const DRAWER_PARTS = [form, facts];

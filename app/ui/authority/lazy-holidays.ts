import { lazily } from "../primitives/lazily";

/** The form that proposes holidays, which is loaded when the hours of a party are first opened. */
export const ProposeHolidays = lazily(async () => (await import("./propose-holidays")).ProposeHolidays).Component;

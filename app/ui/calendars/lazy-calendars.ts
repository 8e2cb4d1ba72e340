import { lazily } from "../primitives/lazily";

/** What makes calendars and reads them, which is loaded when somebody opens it. */
export const ConversationsCalendar = lazily(
  async () => (await import("./conversations-calendar")).ConversationsCalendar,
).Component;
export const TurnsCalendar = lazily(async () => (await import("./turns-calendar")).TurnsCalendar).Component;
export const ImportDialog = lazily(async () => (await import("./import-dialog")).ImportDialog).Component;

import type { Choice } from "~/domain/workshop/shapes";

/** What somebody has picked so far; each party stands for its id. */
export type Picked = {
  answers: string | null;
  does: string[];
  /** Of a path; null where nothing is picked, and for a duty. */
  path: "stands" | "change" | null;
  notSure: boolean;
  reason: string;
  forParty: boolean;
};

/**
 * A proposal on its way: `typing` while it is made, `sending`, `unsent` where the server could not be reached, and `sent`
 * until the workshop shows that it is sealed. `refused` is the server's sentence, where it took none.
 */
export type Draft = { picked: Picked; phase: "typing" | "sending" | "unsent" | "sent"; refused: string | null };

export const NOTHING_PICKED: Picked = {
  answers: null,
  does: [],
  path: null,
  notSure: false,
  reason: "",
  forParty: false,
};

/** What was picked as a choice; null where something is missing. */
export function choiceOf({ answers, does, path, notSure }: Picked, kind: "duty" | "path"): Choice | null {
  if (notSure) return { kind: "not-sure" };
  if (kind === "path") return path && { kind: path };
  return answers === null || does.length === 0 ? null : { kind: "split", answers, does };
}

/** A choice as it is picked in the form. */
export function pickedOf(choice: Choice, reason: string, forParty: boolean): Picked {
  const picked = { ...NOTHING_PICKED, reason, forParty };
  switch (choice.kind) {
    case "split":
      return { ...picked, answers: choice.answers, does: choice.does };
    case "not-sure":
      return { ...picked, notSure: true };
    case "stands":
    case "change":
      return { ...picked, path: choice.kind };
  }
}

const prefixOf = (workshopId: string, participantId: string) => `demarc.proposal ${workshopId} ${participantId} `;

/** The drafts that this device has kept of one participant, by item. */
export function keptDrafts(workshopId: string, participantId: string): Record<string, Draft> {
  const prefix = prefixOf(workshopId, participantId);
  const drafts: Record<string, Draft> = {};
  for (const key of keysFrom(prefix)) {
    const draft = readDraft(key);
    if (draft) drafts[key.slice(prefix.length)] = draft;
  }
  return drafts;
}

/** Keeps a draft on this device, or deletes it where there is none. */
export function keepDraft(workshopId: string, participantId: string, itemId: string, draft: Draft | null): void {
  const key = `${prefixOf(workshopId, participantId)}${itemId}`;
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify({ picked: draft.picked, unsent: draft.phase !== "typing" }));
    else sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has the draft as long as the page is open.
  }
}

/** Deletes what this device has kept of a workshop, or of one participant in it. */
export function dropDrafts(workshopId: string, participantId?: string): void {
  const prefix = participantId === undefined ? `demarc.proposal ${workshopId} ` : prefixOf(workshopId, participantId);
  for (const key of keysFrom(prefix)) {
    try {
      sessionStorage.removeItem(key);
    } catch {
      return;
    }
  }
}

function keysFrom(prefix: string): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function readDraft(key: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "");
    if (typeof kept !== "object" || kept === null || !("picked" in kept)) return null;
    const picked = readPicked(kept.picked);
    return picked && { picked, phase: "unsent" in kept && kept.unsent === true ? "unsent" : "typing", refused: null };
  } catch {
    return null;
  }
}

/** What another release has kept may have another form, and is left out then. */
function readPicked(kept: unknown): Picked | null {
  if (typeof kept !== "object" || kept === null) return null;
  const fields = new Map<string, unknown>(Object.entries(kept));
  const [answers, does, path, reason] = ["answers", "does", "path", "reason"].map((name) => fields.get(name));
  if (typeof reason !== "string" || !Array.isArray(does)) return null;
  return {
    answers: typeof answers === "string" ? answers : null,
    does: does.filter((id): id is string => typeof id === "string"),
    path: path === "stands" || path === "change" ? path : null,
    notSure: fields.get("notSure") === true,
    reason,
    forParty: fields.get("forParty") === true,
  };
}

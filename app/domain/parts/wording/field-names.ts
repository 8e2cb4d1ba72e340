import { nameList } from "../../name-list";
import { reject, type Result } from "../../result";

/** The fields that clauses and definitions may have in braces. Texts that are signed name them, so that none is ever taken out. */
export const WORDING_FIELDS = [
  "client",
  "provider",
  "clientLegalName",
  "providerLegalName",
  "clientLead",
  "providerLead",
  "clientRoles",
  "providerRoles",
  "desk",
  "agreement",
  "exhibit",
  "precedence",
  "effective",
  "review",
  "disagreement",
  "settlement",
  "workingDays",
  "workingHours",
] as const;
export type WordingField = (typeof WORDING_FIELDS)[number];

/** Whether a word in braces names a field. */
function isWordingField(name: string): name is WordingField {
  return WORDING_FIELDS.some((field) => field === name);
}

const FIELD = /\{([^{}]*)\}/g;

/** A text with each of its fields replaced by what `valueOf` gives; `at` is where the field begins. */
export function withFieldValues(text: string, valueOf: (field: WordingField, at: number) => string): string {
  return text.replace(FIELD, (whole, name: string, at: number) => (isWordingField(name) ? valueOf(name, at) : whole));
}

/** Refuses a text with something in braces that is no field, since nothing would be filled in there. */
export function checkFields(text: string, called: string): Result<string> {
  const unknown = [...text.matchAll(FIELD)].find(([, name = ""]) => !isWordingField(name));
  const known = nameList(WORDING_FIELDS.map((name) => `{${name}}`));
  if (unknown)
    return reject(
      "field-unknown",
      `${called} has ${unknown[0]}, which is no field. The fields are ${known}. Choose one, or leave the braces out.`,
    );
  return /[{}]/.test(text.replace(FIELD, ""))
    ? reject(
        "field-open",
        `${called} has a brace that stands alone. Write a field as {client}, or leave the brace out. The fields are ${known}.`,
      )
    : { ok: true, value: text };
}

import { matrixFromLibrary } from "~/library/start-matrix";

/** About the most bytes that a request of edits may have. */
const LARGE = 1_900_000;

export const attacked = matrixFromLibrary({
  client: "Northwind",
  provider: "Harbour IT",
  agreementReference: "",
  preset: "shared",
});
const duty = attacked.duties[0]?.id ?? "";
const nothing = { added: [], removed: [], changed: [], placedBefore: [], placedAfter: [] };

/** Combining marks in random order: normalising them takes time that grows with the square of their number. */
export function marks(length: number): string {
  return `a${"\u0301\u0327".repeat(length / 2)}`;
}

function filled(make: (i: number) => string, most = LARGE): string {
  const parts: string[] = [];
  for (let i = 0, size = 0; size < most; i++, size += (parts.at(-1)?.length ?? 0) + 1) parts.push(make(i));
  return parts.join(",");
}

const diff = (text: string) => `{"type":"diff.apply","diff":${text}}`;
const entries = (field: string, value: string) =>
  diff(
    `{"fields":{},"duties":${JSON.stringify({ ...nothing, changed: [{ id: duty, fields: "FIELDS" }] }).replace('"FIELDS"', `{${filled((i) => `"${field}/r${i}":{"before":null,"after":${value}}`)}}`)}}`,
  );

/** Edits of a request's size, as JSON, made to take as long as possible. */
export const ATTACKS: Record<string, () => string> = {
  "a text of unordered marks": () =>
    JSON.stringify({ type: "duty.edit", dutyId: duty, set: { text: marks(LARGE / 2) } }),
  "one duty's letters for very many roles": () => entries("letters", '["R"]'),
  "one duty's suggestions for very many parties": () => entries("suggestions", '{"does":null,"answers":null}'),
  "very many accepted warnings": () =>
    diff(
      `{"fields":{${filled((i) => `"accepted/no-doer.r${i}":{"before":null,"after":{"reason":"a","by":"b","on":"2026-01-01","about":"${"a".repeat(32)}"}}`)}}}`,
    ),
  "very many fields that there aren't": () =>
    diff(`{"fields":{${filled((i) => `"x${i}":{"before":null,"after":null}`)}}}`),
  "roles each behind the one before": () =>
    diff(
      `{"fields":{},"roles":${JSON.stringify(nothing).slice(0, -1).replace('"added":[],', "").replace(',"placedAfter":[]', "")},"added":[${filled((i) => `{"id":"p${i}","partyId":"client","name":"a","lead":false}`, LARGE / 2)}],"placedAfter":[${filled((i) => `{"id":"p${i}","after":"p${i - 1}"}`, LARGE / 2)}]}}`,
    ),
  "one duty at very many places": () =>
    diff(
      `{"fields":{},"duties":${JSON.stringify(nothing).replace('"placedAfter":[]', `"placedAfter":[${filled(() => `{"id":"${duty}","after":null}`)}]`)}}`,
    ),
  "nested arrays": () =>
    diff(`{"fields":{"title":{"before":null,"after":${"[".repeat(100_000)}${"]".repeat(100_000)}}}}`),
};

import { sameJson } from "../equal";
import { cellText, lettersOf } from "../letters";
import type { Duty, Matrix } from "../matrix";
import { CANONICAL_FIELDS } from "../snapshot";
import type { Difference } from "./part";

type Part = "parties" | "roles" | "domains" | "duties";
type Entity = { id: string };

/** Where a matrix that a file shows as data isn't the one its text says, field by field; what isn't signed is left aside. */
export function compareMatrices(kept: Matrix, shown: Matrix): Difference[] {
  return [
    ...fields("title", "", ["title"], kept, shown),
    ...fields("terms", "", CANONICAL_FIELDS.terms, kept.terms, shown.terms),
    ...fields("settings", "", CANONICAL_FIELDS.settings, kept.settings, shown.settings),
    ...(["parties", "roles", "domains", "duties"] as const).flatMap((part) => collection(part, kept, shown)),
    ...fields("accepted", "", [...new Set([...Object.keys(kept.accepted), ...Object.keys(shown.accepted)])], kept.accepted, shown.accepted),
  ];
}

function collection(part: Part, kept: Matrix, shown: Matrix): Difference[] {
  const [left, right]: [readonly Entity[], readonly Entity[]] = [kept[part], shown[part]];
  const here = new Map(right.map((entity, i) => [entity.id, { entity, i }]));
  const known = new Set(left.map(({ id }) => id));
  const gone = left.filter(({ id }) => !here.has(id)).map((entity): Difference => ({ kind: "missing", part, subject: nameOf(entity), field: "", kept: nameOf(entity), shown: null }));
  const added = right.filter(({ id }) => !known.has(id)).map((entity): Difference => ({ kind: "added", part, subject: nameOf(entity), field: "", kept: null, shown: nameOf(entity) }));
  const pairs = left.flatMap((entity) => here.get(entity.id) ?? []).map(({ i }) => i);
  const moved = pairs.every((place, i) => i === 0 || place > (pairs[i - 1] ?? -1)) ? [] : [{ kind: "altered" as const, part, subject: "", field: "the order", kept: left.map(nameOf).join(", "), shown: right.map(nameOf).join(", ") }];
  const altered = left.flatMap((entity) => {
    const other = here.get(entity.id)?.entity;
    if (!other) return [];
    const names = CANONICAL_FIELDS[part].filter((field) => field !== "letters");
    return [...fields(part, nameOf(entity), names, entity, other), ...(part === "duties" ? letters(entity.id, kept, shown) : [])];
  });
  return [...gone, ...added, ...moved, ...altered];
}

function letters(id: string, kept: Matrix, shown: Matrix): Difference[] {
  const find = ({ duties }: Matrix): Duty | undefined => duties.find((duty) => duty.id === id);
  const [left, right] = [find(kept), find(shown)];
  if (!left || !right || sameJson(left.letters, right.letters)) return [];
  const roles = new Map([...shown.roles, ...kept.roles].map((role) => [role.id, role.name]));
  return [...roles].flatMap(([roleId, role]) => {
    const [was, is] = [cellText(lettersOf(left, roleId)), cellText(lettersOf(right, roleId))];
    return was === is ? [] : [{ kind: "altered" as const, part: "duties", subject: nameOf(left), field: role, kept: was, shown: is }];
  });
}

function fields(part: string, subject: string, names: readonly string[], kept: object, shown: object): Difference[] {
  const [left, right] = [new Map<string, unknown>(Object.entries(kept)), new Map<string, unknown>(Object.entries(shown))];
  return names.flatMap((field): Difference[] => (sameJson(left.get(field), right.get(field)) ? [] : [{ kind: "altered", part, subject, field, kept: words(left.get(field)), shown: words(right.get(field)) }]));
}

function words(value: unknown): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
}

function nameOf(entity: Entity): string {
  const of = new Map<string, unknown>(Object.entries(entity));
  return [of.get("code"), of.get("text") ?? of.get("name")].filter((word) => typeof word === "string").join(" ");
}

import { sameJson } from "../equal";
import { cellText, lettersOf } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import { FRAME } from "../parts/frame";
import type { AnyThing, Part } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import type { Duty } from "../matrix/shapes";
import { signedNames } from "../parts/signed";
import type { Difference } from "./part";

/**
 * The differences between the matrix in a file's data and the one in its canonical text, field by field. Unsigned
 * fields aren't compared.
 */
export function compareMatrices(kept: Matrix, shown: Matrix): Difference[] {
  return [
    ...frame(kept, shown),
    ...PART_LIST.flatMap((part) => collection(part, kept, shown)),
    ...accepted(kept, shown),
  ];
}

function frame(kept: Matrix, shown: Matrix): Difference[] {
  return Object.entries(FRAME).flatMap(([name, { signed, entries }]) => {
    if (!signed || name === "accepted") return [];
    if (!entries?.named) return fields(name, "", [name], kept, shown);
    return fields(name, "", Object.keys(entries.named).sort(), recordIn(kept, name), recordIn(shown, name));
  });
}

function recordIn(matrix: Matrix, name: string): object {
  const value = new Map<string, unknown>(Object.entries(matrix)).get(name);
  return typeof value === "object" && value !== null ? value : {};
}

function accepted(kept: Matrix, shown: Matrix): Difference[] {
  return fields(
    "accepted",
    "",
    [...new Set([...Object.keys(kept.accepted), ...Object.keys(shown.accepted)])],
    kept.accepted,
    shown.accepted,
  );
}

function collection({ name: part, fields: described }: Part<AnyThing>, kept: Matrix, shown: Matrix): Difference[] {
  const [left, right]: [readonly AnyThing[], readonly AnyThing[]] = [kept[part], shown[part]];
  const here = new Map(right.map((thing, i) => [thing.id, { thing, i }]));
  const known = new Set(left.map(({ id }) => id));
  const gone = left
    .filter(({ id }) => !here.has(id))
    .map((thing): Difference => ({
      kind: "missing",
      part,
      subject: nameOf(thing),
      field: "",
      kept: nameOf(thing),
      shown: null,
    }));
  const added = right
    .filter(({ id }) => !known.has(id))
    .map((thing): Difference => ({
      kind: "added",
      part,
      subject: nameOf(thing),
      field: "",
      kept: null,
      shown: nameOf(thing),
    }));
  const pairs = left.flatMap((thing) => here.get(thing.id) ?? []).map(({ i }) => i);
  const moved = pairs.every((place, i) => i === 0 || place > (pairs[i - 1] ?? -1))
    ? []
    : [
        {
          kind: "altered" as const,
          part,
          subject: "",
          field: "the order",
          kept: left.map(nameOf).join(", "),
          shown: right.map(nameOf).join(", "),
        },
      ];
  const names = signedNames(described).filter((field) => field !== "letters");
  const altered = left.flatMap((thing) => {
    const other = here.get(thing.id)?.thing;
    if (!other) return [];
    return [
      ...fields(part, nameOf(thing), names, thing, other),
      ...(part === "duties" ? letters(thing.id, kept, shown) : []),
    ];
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
    return was === is
      ? []
      : [{ kind: "altered" as const, part: "duties", subject: nameOf(left), field: role, kept: was, shown: is }];
  });
}

function fields(part: string, subject: string, names: readonly string[], kept: object, shown: object): Difference[] {
  const [left, right] = [
    new Map<string, unknown>(Object.entries(kept)),
    new Map<string, unknown>(Object.entries(shown)),
  ];
  return names.flatMap((field): Difference[] =>
    sameJson(left.get(field), right.get(field))
      ? []
      : [{ kind: "altered", part, subject, field, kept: words(left.get(field)), shown: words(right.get(field)) }],
  );
}

function words(value: unknown): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
}

function nameOf(entity: AnyThing): string {
  const of = new Map<string, unknown>(Object.entries(entity));
  return [of.get("code"), of.get("text") ?? of.get("name")].filter((word) => typeof word === "string").join(" ");
}

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
export function matrixDifferences(expected: Matrix, shown: Matrix): Difference[] {
  return [
    ...frameDifferences(expected, shown),
    ...PART_LIST.flatMap((part) => collectionDifferences(part, expected, shown)),
    ...acceptedDifferences(expected, shown),
  ];
}

function frameDifferences(expected: Matrix, shown: Matrix): Difference[] {
  return Object.entries(FRAME).flatMap(([name, { signed, entries }]) => {
    if (!signed || name === "accepted") return [];
    if (!entries?.named) return fieldDifferences(name, "", [name], expected, shown);
    return fieldDifferences(
      name,
      "",
      Object.keys(entries.named).sort(),
      recordIn(expected, name),
      recordIn(shown, name),
    );
  });
}

function recordIn(matrix: Matrix, name: string): object {
  const value = new Map<string, unknown>(Object.entries(matrix)).get(name);
  return typeof value === "object" && value !== null ? value : {};
}

function acceptedDifferences(expected: Matrix, shown: Matrix): Difference[] {
  return fieldDifferences(
    "accepted",
    "",
    [...new Set([...Object.keys(expected.accepted), ...Object.keys(shown.accepted)])],
    expected.accepted,
    shown.accepted,
  );
}

function collectionDifferences(
  { name: part, fields: described }: Part<AnyThing>,
  expected: Matrix,
  shown: Matrix,
): Difference[] {
  const [left, right]: [readonly AnyThing[], readonly AnyThing[]] = [expected[part], shown[part]];
  const shownById = new Map(right.map((thing, i) => [thing.id, { thing, i }]));
  const keptIds = new Set(left.map(({ id }) => id));
  const missing = left
    .filter(({ id }) => !shownById.has(id))
    .map((thing): Difference => ({
      kind: "missing",
      part,
      subject: nameOf(thing),
      field: "",
      kept: nameOf(thing),
      shown: null,
    }));
  const added = right
    .filter(({ id }) => !keptIds.has(id))
    .map((thing): Difference => ({
      kind: "added",
      part,
      subject: nameOf(thing),
      field: "",
      kept: null,
      shown: nameOf(thing),
    }));
  const pairs = left.flatMap((thing) => shownById.get(thing.id) ?? []).map(({ i }) => i);
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
    const other = shownById.get(thing.id)?.thing;
    if (!other) return [];
    return [
      ...fieldDifferences(part, nameOf(thing), names, thing, other),
      ...(part === "duties" ? letterDifferences(thing.id, expected, shown) : []),
    ];
  });
  return [...missing, ...added, ...moved, ...altered];
}

function letterDifferences(id: string, expected: Matrix, shown: Matrix): Difference[] {
  const find = ({ duties }: Matrix): Duty | undefined => duties.find((duty) => duty.id === id);
  const [left, right] = [find(expected), find(shown)];
  if (!left || !right || sameJson(left.letters, right.letters)) return [];
  const roles = new Map([...shown.roles, ...expected.roles].map((role) => [role.id, role.name]));
  return [...roles].flatMap(([roleId, role]) => {
    const [lettersKept, lettersShown] = [cellText(lettersOf(left, roleId)), cellText(lettersOf(right, roleId))];
    return lettersKept === lettersShown
      ? []
      : [
          {
            kind: "altered" as const,
            part: "duties",
            subject: nameOf(left),
            field: role,
            kept: lettersKept,
            shown: lettersShown,
          },
        ];
  });
}

function fieldDifferences(
  part: string,
  subject: string,
  names: readonly string[],
  expected: object,
  shown: object,
): Difference[] {
  const [left, right] = [
    new Map<string, unknown>(Object.entries(expected)),
    new Map<string, unknown>(Object.entries(shown)),
  ];
  return names.flatMap((field): Difference[] =>
    sameJson(left.get(field), right.get(field))
      ? []
      : [
          {
            kind: "altered",
            part,
            subject,
            field,
            kept: valueText(left.get(field)),
            shown: valueText(right.get(field)),
          },
        ],
  );
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
}

function nameOf(entity: AnyThing): string {
  const values = new Map<string, unknown>(Object.entries(entity));
  return [values.get("code"), values.get("text") ?? values.get("name")]
    .filter((word) => typeof word === "string")
    .join(" ");
}

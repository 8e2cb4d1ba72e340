import { z } from "zod";
import { firstProblem } from "../parts/invariants";
import { issuedNumbers } from "../matrix/issued";
import { readJson } from "../json-text";
import { matrixSchema } from "../matrix/matrix";
import type { AnyThing } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import { reject, type Result } from "../result";
import { canonicalText, NEWEST_TEXT, type Edition } from "./snapshot";
import { SCHEMA, upgradeMatrix } from "./upgrade";

const headSchema = z.object({
  format: z.literal("demarc.version"),
  schema: z.number().int().positive(),
  number: z.number().int().positive(),
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  duties: z.array(z.looseObject({ code: z.string() })),
});

/**
 * Parses a canonical text into its edition. Fields that the text doesn't contain, such as marks and suggestions, are
 * blank. A text of the current schema is refused unless its edition gives exactly the same text again, so that it can't
 * contain anything else.
 */
export function readCanonical(text: string): Result<Edition> {
  const json = readJson(text);
  const head = headSchema.loose().safeParse(json.ok ? json.value : undefined);
  if (!head.success) return unreadable();
  const { format: _format, number, previous, ...rest } = head.data;
  if (rest.schema > NEWEST_TEXT)
    return reject(
      "too-new",
      "The text that the file carries has a form that a newer Demarc writes. Update Demarc, then check the file again.",
    );
  const collections = Object.fromEntries(
    PART_LIST.map(({ name, blank }) => [name, thingsIn(rest, name).map((thing) => ({ ...blank(thing), ...thing }))]),
  );
  const matrix = matrixSchema.safeParse(
    upgradeMatrix({
      ...rest,
      ...collections,
      schema: Math.min(rest.schema, SCHEMA),
      issued: issuedNumbers(rest.duties),
    }),
  );
  if (!matrix.success || firstProblem(matrix.data)) return unreadable();
  const edition = { matrix: matrix.data, number, previous };
  return rest.schema >= SCHEMA && canonicalText(edition) !== text ? unreadable() : { ok: true, value: edition };
}

/** The things of one kind in an unchecked text. A thing without an id gets an empty one, which the schema refuses. */
function thingsIn(text: Record<string, unknown>, name: string): AnyThing[] {
  const things = text[name];
  return Array.isArray(things)
    ? things.map((thing: unknown) => ({ id: "", ...(typeof thing === "object" ? thing : null) }))
    : [];
}

function unreadable() {
  return reject("not-canonical", "The text that the file carries is not the text of a version.");
}

import type { z } from "zod";
import { AppError } from "~/domain/errors";
import { readJson } from "~/domain/json-text";
import { LIMITS } from "~/domain/limits";
import { admitted } from "./held-bodies.server";
import { sentence } from "./respond.server";
import { uploaded } from "./upload.server";

/** The text fields of a form by name; a repeated field counts once, a file not at all. One with more fields than any form has is refused, since what was written goes back with what is wrong with it. */
export async function formFields(request: Request): Promise<Record<string, string>> {
  const reading = await admitted(request);
  const form = await reading.formData().catch((error: unknown) => {
    throw error instanceof AppError
      ? error
      : new AppError("invalid", "The form could not be read. Reload the page and send it again.");
  });
  if ([...form.keys()].length > LIMITS.formFields)
    throw new AppError("invalid", "This is no form that Demarc made. Reload the page and send it again.");
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string") fields[name] = value;
  return fields;
}

/** A form checked against a schema; what doesn't fit is named under its field. */
export async function parseForm<T extends z.ZodType>(request: Request, schema: T): Promise<z.infer<T>> {
  return parseFields(await formFields(request), schema);
}

/** A form with one file that was signed on paper, its other fields checked against a schema; of the field `several` every value counts. */
export async function formWithFile<T extends z.ZodType>(
  request: Request,
  name: string,
  schema: T,
  several: string,
): Promise<{ fields: z.infer<T>; file: { name: string; bytes: Uint8Array } }> {
  const { form, file } = await uploaded(request, {
    name,
    largest: LIMITS.paperBytes,
    tooLarge: `The file is larger than ${LIMITS.paperBytes / MEGABYTE} MB. Scan it with fewer dots, or save it as PDF.`,
  });
  const fields: Record<string, unknown> = {
    [several]: form.getAll(several).filter((value) => typeof value === "string"),
  };
  for (const [field, value] of form) if (typeof value === "string" && field !== several) fields[field] = value;
  if (!file || file.bytes.byteLength === 0)
    throw new AppError("invalid", "Some fields need another look.", { [name]: "Choose the signed file." });
  return { fields: parseFields(fields, schema), file };
}

const MEGABYTE = 1_000_000;

/** A form with one file to check. */
export async function fileToCheck(request: Request, name: string): Promise<{ name: string; bytes: Uint8Array }> {
  const { file } = await uploaded(request, {
    name,
    largest: LIMITS.checkedBytes,
    tooLarge: `The file is larger than the ${LIMITS.checkedBytes / MEGABYTE} MB that are read. Check another file of the same version, such as the workbook: each carries the whole text.`,
  });
  if (!file) throw new AppError("invalid", "Choose a file first.");
  return file;
}

/** Fields that were read already, checked against a schema. */
export function parseFields<T extends z.ZodType>(written: Record<string, unknown>, schema: T): z.infer<T> {
  const parsed = schema.safeParse(written);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0] ?? ""), issue.message]));
  throw new AppError("invalid", "Some fields need another look.", fields);
}

/** A JSON body checked against a schema. Refused with 400 and a sentence naming the place; nothing of it is used. */
export async function parseJson<T extends z.ZodType>(
  request: Request,
  schema: T,
  describe: (path: PropertyKey[], body: unknown) => string,
): Promise<z.infer<T>> {
  const reading = await admitted(request);
  const text = await reading.text().catch((error: unknown) => {
    throw error instanceof AppError ? error : sentence(400, "The request did not arrive whole. Nothing was applied.");
  });
  const read = readJson(text);
  if (!read.ok) throw sentence(400, `The request is ${read.rejection.message}. Nothing was applied.`);
  const body = read.value;
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw sentence(
    400,
    `${describe(issue?.path ?? [], body)}: ${issue?.message ?? "It doesn't fit."} Nothing was applied.`,
  );
}

import type { z } from "zod";
import { AppError } from "~/domain/errors";
import { readJson } from "~/domain/json-text";
import { LIMITS } from "~/domain/limits";
import { admitted } from "./held-bodies.server";
import { sentence } from "./respond.server";
import { uploaded } from "./upload.server";

/**
 * The text fields of a form by name: a repeated field counts once, files are left out. Throws `invalid` for more fields
 * than any form has, because an answer sends the fields back.
 */
export async function formFields(request: Request): Promise<Record<string, string>> {
  const admittedRequest = await admitted(request);
  const form = await admittedRequest.formData().catch((error: unknown) => {
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

/** A form's fields, checked against a schema. Throws `invalid` with a sentence for each field that doesn't fit. */
export async function parseForm<T extends z.ZodType>(request: Request, schema: T): Promise<z.infer<T>> {
  return parseFields(await formFields(request), schema);
}

/**
 * A form with one file that was signed on paper, and its other fields checked against a schema. Of the field `several`
 * all values are kept, as an array.
 */
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

/** The calendar of a form that imports one, with the form's other fields checked against a schema. */
export async function calendarWith<T extends z.ZodType>(
  request: Request,
  schema: T,
): Promise<{ fields: z.infer<T>; bytes: Uint8Array }> {
  const { form, file } = await uploaded(request, {
    name: "calendar",
    largest: LIMITS.calendarBytes,
    tooLarge: `The file is larger than the ${LIMITS.calendarBytes / MEGABYTE} MB that are read. Export fewer months of the calendar.`,
  });
  if (!file) throw new AppError("invalid", "Choose a file first.");
  const fields: Record<string, unknown> = {};
  for (const [field, value] of form) if (typeof value === "string") fields[field] = value;
  return { fields: parseFields(fields, schema), bytes: file.bytes };
}

/** The file of a form that has one to check. */
export async function fileToCheck(request: Request, name: string): Promise<{ name: string; bytes: Uint8Array }> {
  const { file } = await uploaded(request, {
    name,
    largest: LIMITS.checkedBytes,
    tooLarge: `The file is larger than the ${LIMITS.checkedBytes / MEGABYTE} MB that are read. Check another file of the same version, such as the workbook: each carries the whole text.`,
  });
  if (!file) throw new AppError("invalid", "Choose a file first.");
  return file;
}

/** Checks fields against a schema. Throws `invalid` with a sentence for each field that doesn't fit. */
export function parseFields<T extends z.ZodType>(values: Record<string, unknown>, schema: T): z.infer<T> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0] ?? ""), issue.message]));
  throw new AppError("invalid", "Some fields need another look.", fields);
}

/**
 * A JSON body, checked against a schema. Throws an answer with status 400 and a sentence that names the place of the
 * error.
 */
export async function parseJson<T extends z.ZodType>(
  request: Request,
  schema: T,
  describe: (path: PropertyKey[], body: unknown) => string,
): Promise<z.infer<T>> {
  const admittedRequest = await admitted(request);
  const text = await admittedRequest.text().catch((error: unknown) => {
    throw error instanceof AppError ? error : sentence(400, "The request did not arrive whole. Nothing was applied.");
  });
  const json = readJson(text);
  if (!json.ok) throw sentence(400, `The request is ${json.rejection.message}. Nothing was applied.`);
  const body = json.value;
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw sentence(
    400,
    `${describe(issue?.path ?? [], body)}: ${issue?.message ?? "It doesn't fit."} Nothing was applied.`,
  );
}

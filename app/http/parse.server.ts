import type { z } from "zod";
import { AppError } from "~/domain/errors";
import { sentence } from "./respond.server";

/** The text fields of a form by name; a repeated field counts once, a file not at all. */
export async function formFields(request: Request): Promise<Record<string, string>> {
  const form = await request.formData().catch(() => {
    throw new AppError("invalid", "The form could not be read. Reload the page and send it again.");
  });
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === "string") fields[name] = value;
  return fields;
}

/** A form checked against a schema; what doesn't fit is named under its field. */
export async function parseForm<T extends z.ZodType>(request: Request, schema: T): Promise<z.infer<T>> {
  const parsed = schema.safeParse(await formFields(request));
  if (parsed.success) return parsed.data;
  const fields = Object.fromEntries(parsed.error.issues.map((issue) => [String(issue.path[0] ?? ""), issue.message]));
  throw new AppError("invalid", "Some fields need another look.", fields);
}

/** A JSON body checked against a schema. Refused with 400 and a sentence naming the place; nothing of it is used. */
export async function parseJson<T extends z.ZodType>(request: Request, schema: T, describe: (path: PropertyKey[], body: unknown) => string): Promise<z.infer<T>> {
  const body: unknown = await request.json().catch(() => {
    throw sentence(400, "The request is not JSON. Nothing was applied.");
  });
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw sentence(400, `${describe(issue?.path ?? [], body)}: ${issue?.message ?? "It doesn't fit."} Nothing was applied.`);
}

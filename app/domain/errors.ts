export type AppErrorCode =
  "signed-out" | "not-found" | "forbidden" | "second-factor" | "invalid" | "conflict" | "too-many" | "busy";

/**
 * A use case that can't be carried out. `message` is a sentence for the person. Services throw it; only `http/` maps
 * its code to a status.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  /** The sentences for the fields of a form, by field name. */
  readonly fields: Record<string, string>;

  constructor(code: AppErrorCode, message: string, fields: Record<string, string> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.fields = fields;
  }
}

/**
 * A rejected form: its values, and a sentence for each field with an error. A sentence about the whole form has the key
 * `form`.
 */
export type FormTrouble = { values: Record<string, string>; errors: Record<string, string> };

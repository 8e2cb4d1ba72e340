export type AppErrorCode =
  "signed-out" | "not-found" | "forbidden" | "second-factor" | "invalid" | "conflict" | "too-many" | "busy";

/** A use case that can't be carried out. The message is a sentence for the person; only `http/` knows status codes. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  /** Field name → sentence, where the trouble is in a form. */
  readonly fields: Record<string, string>;

  constructor(code: AppErrorCode, message: string, fields: Record<string, string> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.fields = fields;
  }
}

/** A form that wasn't accepted: what was written, and what is wrong with it by field; under `form` what is wrong with all of it. */
export type FormTrouble = { values: Record<string, string>; errors: Record<string, string> };

/** Why something is refused. `code` is for programs; `message` is a whole sentence that says what to do next. */
export type Rejection = { code: string; message: string };

/** The result of a domain function: a value, or a rejection. Domain functions don't throw for invalid input. */
export type Result<T> = { ok: true; value: T } | { ok: false; rejection: Rejection };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function reject(code: string, message: string): { ok: false; rejection: Rejection } {
  return { ok: false, rejection: { code, message } };
}

/** Nothing where something holds, else why it doesn't: for checks that name everything that is wrong. */
export function unless(holds: boolean, code: string, message: string): Rejection[] {
  return holds ? [] : [{ code, message }];
}

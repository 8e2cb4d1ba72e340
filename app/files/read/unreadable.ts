/** Why a file can't be checked, in a sentence that says what to do next. */
export class Unreadable extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "Unreadable";
    this.code = code;
  }
}

import { LIMITS } from "~/domain/limits";
import { Unreadable } from "../unreadable";

/**
 * A token of a PDF: objects and page contents consist of these. Names and strings are text with one byte a character.
 */
export type Piece =
  | { kind: "number"; value: number }
  | { kind: "word"; word: string }
  | { kind: "name"; name: string }
  | { kind: "string"; text: string }
  | { kind: "list"; items: Piece[] }
  | { kind: "dictionary"; entries: Dictionary }
  | { kind: "reference"; number: number }
  | { kind: "stream"; entries: Dictionary; raw: Uint8Array };
export type Dictionary = ReadonlyMap<string, Piece>;

/** The refusal of a file that readers may understand in different ways. */
export function malformed(): Unreadable {
  return new Unreadable(
    "malformed",
    "The PDF is damaged or cut off, or built so that programs may show different things. Fetch it again from where you have it, then check that copy.",
  );
}

const SKIPPED = /(?:[\0\t\n\f\r ]+|%[^\r\n]*)*/y;
const REGULAR = /[^\0\t\n\f\r ()<>[\]{}/%]+/y;
const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Reads one piece after the other from text with one byte a character. */
export class Lexer {
  constructor(
    readonly text: string,
    public at = 0,
  ) {}

  /** The next piece, or null at the end. Operators are pieces, too. */
  next(depth = 0): Piece | null {
    if (depth > LIMITS.checkedDepth) throw malformed();
    this.skip();
    const { text } = this;
    const first = text[this.at];
    if (first === undefined) return null;
    if (first === "/") return { kind: "name", name: this.name() };
    if (first === "(") return { kind: "string", text: this.literal() };
    if (text.startsWith("<<", this.at)) return { kind: "dictionary", entries: this.dictionary(depth) };
    if (first === "<") return { kind: "string", text: this.hexadecimal() };
    if (first === "[") return { kind: "list", items: this.list(depth) };
    const word = this.regular();
    if (word === "") throw malformed();
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)) return { kind: "word", word };
    return this.reference(word) ?? { kind: "number", value: Number(word) };
  }

  skip(): void {
    SKIPPED.lastIndex = this.at;
    SKIPPED.test(this.text);
    this.at = SKIPPED.lastIndex;
  }

  private regular(): string {
    REGULAR.lastIndex = this.at;
    const [word = ""] = REGULAR.exec(this.text) ?? [];
    this.at += word.length;
    return word;
  }

  private reference(word: string): Piece | null {
    if (!/^\d+$/.test(word)) return null;
    REFERENCE.lastIndex = this.at;
    if (!REFERENCE.test(this.text)) return null;
    this.at = REFERENCE.lastIndex;
    return { kind: "reference", number: Number(word) };
  }

  private name(): string {
    this.at += 1;
    return this.regular().replace(/#([0-9a-fA-F]{2})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }

  private literal(): string {
    let value = "";
    let open = 0;
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const character = this.text[this.at] ?? "";
      if (character === "\\") value += this.escaped();
      else if (character === ")" && open === 0) {
        this.at += 1;
        return value;
      } else {
        open += character === "(" ? 1 : character === ")" ? -1 : 0;
        value += character;
      }
    }
    throw malformed();
  }

  private escaped(): string {
    this.at += 1;
    OCTAL.lastIndex = this.at;
    const [octal] = OCTAL.exec(this.text) ?? [];
    if (octal !== undefined) {
      this.at += octal.length - 1;
      return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    }
    const character = this.text[this.at] ?? "";
    if (character === "\r" && this.text[this.at + 1] === "\n") this.at += 1;
    return /[\r\n]/.test(character) ? "" : (ESCAPES[character] ?? character);
  }

  private hexadecimal(): string {
    const end = this.text.indexOf(">", this.at);
    const digits = end < 0 ? "" : this.text.slice(this.at + 1, end).replace(/\s/g, "");
    if (end < 0 || !/^[0-9a-fA-F]*$/.test(digits)) throw malformed();
    this.at = end + 1;
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex").toString("latin1");
  }

  private list(depth: number): Piece[] {
    this.at += 1;
    const items: Piece[] = [];
    for (;;) {
      this.skip();
      if (this.text[this.at] === "]") break;
      const item = this.next(depth + 1);
      if (!item) throw malformed();
      items.push(item);
    }
    this.at += 1;
    return items;
  }

  private dictionary(depth: number): Dictionary {
    this.at += 2;
    const entries = new Map<string, Piece>();
    for (;;) {
      this.skip();
      if (this.text.startsWith(">>", this.at)) break;
      const key = this.next(depth + 1);
      const value = this.next(depth + 1);
      // Programs disagree on the value of a repeated key.
      if (key?.kind !== "name" || !value || entries.has(key.name)) throw malformed();
      entries.set(key.name, value);
    }
    this.at += 2;
    return entries;
  }
}

const REFERENCE = /[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/y;
const OCTAL = /[0-7]{1,3}/y;

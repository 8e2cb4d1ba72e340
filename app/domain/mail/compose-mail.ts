import { LIMITS } from "../limits";
import { displayableText } from "../text";

/** The content of a mail. The texts may contain user input such as names; `composeMail` escapes and shortens them. */
export type MailWords = {
  subject: string;
  /** The paragraphs before the link. A line feed starts a new line. */
  paragraphs: readonly string[];
  /** A link to this installation. The label says what happens when it is followed. */
  link: { label: string; url: string } | null;
  /** The paragraphs after the link, for example until when it is valid. */
  closing: readonly string[];
};

/** A mail without a recipient: a subject on one line, and the same content as plain text and as HTML. */
export type ComposedMail = { subject: string; text: string; html: string };

const BODY =
  "margin:0;padding:24px;background:#ffffff;color:#1c1f24;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif";
const BUTTON =
  "display:inline-block;padding:10px 18px;border-radius:6px;background:#1f4f8f;color:#ffffff;text-decoration:none;font-weight:600";
const SMALL = "color:#5a6270;font-size:14px;word-break:break-all";

/**
 * Renders a mail as plain text and as HTML with everything escaped. It throws a RangeError if the link isn't a web
 * address or is too long, since a shortened link would be wrong without anybody noticing.
 */
export function composeMail(words: MailWords): ComposedMail {
  const subject = cut(displayableText(words.subject, false), LIMITS.mailSubject);
  const before = paragraphsOf(words.paragraphs);
  const after = paragraphsOf(words.closing);
  const link = words.link && {
    label: cut(displayableText(words.link.label, false), LIMITS.mailSubject),
    url: webAddress(words.link.url),
  };
  const text = [...before, ...(link ? [`${link.label}:\n${link.url}`] : []), ...after].join("\n\n");
  const button = link
    ? [
        `<p><a href="${escape(link.url)}" style="${BUTTON}">${escape(link.label)}</a></p>`,
        `<p style="${SMALL}">${escape(link.url)}</p>`,
      ]
    : [];
  const body = [...before.map(htmlParagraph), ...button, ...after.map(htmlParagraph)].join("\n");
  const html = `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>\n<body style="${BODY}">\n${body}\n</body></html>\n`;
  return { subject, text: `${text}\n`, html };
}

function paragraphsOf(paragraphs: readonly string[]): string[] {
  return paragraphs
    .slice(0, LIMITS.mailParagraphs)
    .map((paragraph) => cut(displayableText(paragraph, true), LIMITS.mailParagraph))
    .filter((paragraph) => paragraph !== "");
}

function htmlParagraph(paragraph: string): string {
  return `<p>${escape(paragraph).replaceAll("\n", "<br>")}</p>`;
}

/** The normalised form of a web address, which contains neither spaces nor quotes. */
function webAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== "https:" && parsed?.protocol !== "http:")
    throw new RangeError("A link in a mail is no web address.");
  if (parsed.href.length > LIMITS.mailLink) throw new RangeError("A link in a mail is too long.");
  return parsed.href;
}

/** Cuts a text to `max` code units without splitting a surrogate pair, and ends a cut text with an ellipsis. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const beginning = text.slice(0, max - 1);
  return `${/[\uD800-\uDBFF]$/.test(beginning) ? beginning.slice(0, -1) : beginning}…`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");
}

/**
 * A line of a list of what is known to be harmless: what it is, and the elements or entries with the values they may
 * have. `docs/fingerprint.md` shows the same lines.
 */
export type HarmlessLine = {
  what: string;
  /**
   * An element with its attributes: a name, then `attribute` for any value or `attribute=value` for some. A value is a
   * list such as `auto|atLeast`, a range such as `10..96`, or one of `yes`, `no`, `bool` and `typeface`. With `!` before
   * it an attribute must be there. `*` stands for all attributes, and at the end of a name for all names that begin so.
   */
  names: readonly string[];
};

type AttributeRule = { needed: boolean; allows: (value: string) => boolean };
type ElementRule = { all: boolean; attributes: ReadonlyMap<string, AttributeRule> };

/** A list in a form that answers quickly: the rules by the name of the element. */
export type HarmlessRules = {
  elements: ReadonlyMap<string, ElementRule>;
  beginnings: readonly string[];
  /** The beginnings of attributes that are harmless on every element. */ everywhere: readonly string[];
};

/** Typefaces whose letters look like what they say. A typeface of signs shows something else than its text. */
const TYPEFACE =
  /^$|^(?:calibri|cambria|candara|consolas|constantia|corbel|aptos|arial|helvetica|verdana|tahoma|trebuchet ms|georgia|garamond|courier|courier new|times|times new roman|segoe ui|inter|carlito|caladea|gelasio|ms (?:p?mincho|p?gothic)|yu (?:mincho|gothic)|meiryo|simsun|simhei|microsoft (?:yahei|jhenghei)|malgun gothic|batang|gulim|dengxian|mangal|nirmala ui|leelawadee(?: ui)?|angsana new|cordia new|david|miriam|gisha|arabic typesetting|traditional arabic|simplified arabic|sakkal majalla|lohit .*|wenquanyi .*|(?:dejavu|liberation|noto|source han|open|droid|nimbus|free) ?(?:sans|serif|mono|kufi|naskh|music).*)(?: (?:light|semibold|medium|display))?$/i;

const TOKENS: Record<string, (value: string) => boolean> = {
  yes: (value) => /^(?:1|true|on)$/.test(value),
  no: (value) => /^(?:0|false|off)$/.test(value),
  bool: (value) => /^(?:0|1|true|false|on|off)$/.test(value),
  typeface: isTypeface,
};

/** Whether the letters of a typeface look like what they say, as far as its name tells. */
export function isTypeface(name: string): boolean {
  return TYPEFACE.test(name.trim());
}

function valueRule(pattern: string): (value: string) => boolean {
  const [, from, to] = /^(-?\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)$/.exec(pattern) ?? [];
  if (from !== undefined && to !== undefined) {
    const [least, most] = [Number(from), Number(to)];
    return (value) => /^-?\d+(?:\.\d+)?$/.test(value) && Number(value) >= least && Number(value) <= most;
  }
  const choices = pattern.split("|");
  return (value) => choices.some((choice) => TOKENS[choice]?.(value) ?? choice === value);
}

/** Parses lists. Rules for the same element are merged. */
export function rulesOf(lines: readonly HarmlessLine[], everywhere: readonly string[] = []): HarmlessRules {
  const elements = new Map<string, { all: boolean; attributes: Map<string, AttributeRule> }>();
  const beginnings: string[] = [];
  for (const entry of lines.flatMap(({ names }) => names)) {
    const [name = "", ...attributes] = entry.split(" ");
    if (name.endsWith("*")) {
      beginnings.push(name.slice(0, -1));
      continue;
    }
    const rule = elements.get(name) ?? { all: false, attributes: new Map<string, AttributeRule>() };
    elements.set(name, rule);
    for (const attribute of attributes) {
      const [, needed = "", key = "", pattern] = /^(!?)([^=]+)(?:=(.*))?$/.exec(attribute) ?? [];
      if (key === "*") rule.all = true;
      else
        rule.attributes.set(key, {
          needed: needed !== "",
          allows: pattern === undefined ? () => true : valueRule(pattern),
        });
    }
  }
  return { elements, beginnings, everywhere };
}

/** What of an element no list knows: the element, or one of its attributes with its value; null where all is known. */
export function unknownIn(
  { elements, beginnings, everywhere }: HarmlessRules,
  name: string,
  attributes: Record<string, string>,
): { attribute: string | null; value: string } | null {
  const rule = elements.get(name);
  if (!rule) return beginnings.some((beginning) => name.startsWith(beginning)) ? null : { attribute: null, value: "" };
  for (const [attribute, { needed, allows }] of rule.attributes) {
    const value = attributes[attribute];
    if (value === undefined ? needed : !allows(value)) return { attribute, value: value ?? "" };
  }
  if (rule.all) return null;
  for (const [attribute, value] of Object.entries(attributes))
    if (!rule.attributes.has(attribute) && !everywhere.some((beginning) => attribute.startsWith(beginning)))
      return { attribute, value };
  return null;
}

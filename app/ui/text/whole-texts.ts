import { createElement, Fragment, type ElementType, type ReactNode } from "react";

/**
 * Each text of an element is one node that React replaces as a whole. Written as `{count} duties` it would be two, which
 * React keeps hold of by themselves: a browser that translates the page puts others in their place, so a figure would stay
 * what it was, and a text that goes would be looked for where it isn't and end the page. (react#11538: it can go once React
 * finds its texts again.)
 */
export type Props = { children?: ReactNode; translate?: "yes" | "no" };

/** What stands for a text among elements: of no meaning and no look, so that no style means it. */
const RUN = "text-run";
/** Elements of pictures that hold a text; nothing of HTML may stand in them. */
const DRAWN = new Set<ElementType>(["text", "tspan", "desc"]);

export function withWholeTexts(type: ElementType, props: Props): Props {
  const { children } = props;
  if (Array.isArray(children)) return asFigure(type, withSlots(type, props, children));
  return type === Fragment && isWords(children) ? { ...props, children: run(children) } : asFigure(type, props);
}

/** What stands in these is a name, a code or a key, and is called so in every language; where it is people's own words the element says so. */
const NAMES = new Set<ElementType>(["bdi", "code", "kbd"]);
/** A text without a word, such as `12 %`, `A` or `NET-04`: there is nothing in it to translate. */
const FIGURE = /^(?:[\s\d.,:%+×/()–−-]*|\p{Lu}|\p{Lu}{1,6}-\d+)$/u;

function asFigure(type: ElementType, props: Props): Props {
  const { children } = props;
  if (NAMES.has(type)) return { translate: "no", ...props };
  return typeof type === "string" && !DRAWN.has(type) && isWords(children) && isFigure(children) ? { translate: "no", ...props } : props;
}

function isFigure(text: string | number): boolean {
  return typeof text === "number" || FIGURE.test(text.trim());
}

function withSlots(type: ElementType, props: Props, slots: readonly ReactNode[]): Props {
  if (slots.every((slot) => isText(slot) || isNothing(slot))) {
    const text = slots.filter(isText).join("");
    if (type !== Fragment) return text === "" ? props : { ...props, children: text };
  }
  return DRAWN.has(type) ? props : { ...props, children: inPlace(slots) };
}

/** Texts side by side become one, in the place of the first: what stands behind keeps its place, and with it its state. */
function inPlace(slots: readonly ReactNode[]): ReactNode[] {
  return slots.map((slot, i) => {
    if (Array.isArray(slot)) return nested(slot);
    if (!isText(slot)) return slot;
    if (i > 0 && isText(slots[i - 1])) return null;
    const next = slots.findIndex((other, at) => at > i && !isText(other));
    const text = slots.slice(i, next < 0 ? undefined : next).join("");
    return isWords(text) ? run(text) : text;
  });
}

/** What a component hands on, or a list; what is in it has a place by its key. */
function nested(items: readonly ReactNode[]): readonly ReactNode[] {
  return items.some((item) => isWords(item) || Array.isArray(item)) ? items.map((item, i) => (Array.isArray(item) ? nested(item) : isWords(item) ? run(item, `text-${i}`) : item)) : items;
}

function run(text: string | number, key?: string): ReactNode {
  return createElement(RUN, { key, translate: isFigure(text) ? "no" : undefined }, text);
}

function isText(slot: unknown): slot is string | number {
  return typeof slot === "string" || typeof slot === "number";
}

/** A space between two elements is nothing to translate, and never changes. */
function isWords(slot: unknown): slot is string | number {
  return isText(slot) && String(slot).trim() !== "";
}

function isNothing(slot: unknown): boolean {
  return slot === null || slot === undefined || typeof slot === "boolean";
}

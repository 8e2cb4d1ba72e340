import { createElement, Fragment, type ElementType, type ReactNode } from "react";

/**
 * Makes each text of an element one node that React replaces as a whole. React would make two text nodes of `{count}
 * duties` and update each by itself. A browser that translates the page replaces them: then React updates a node that
 * is no longer in the page, and fails with an exception when it removes one. (react#11538: this can be removed once
 * React finds its texts again.)
 */
export type Props = { children?: ReactNode; translate?: "yes" | "no" };

/**
 * The element around a text that has siblings. A custom element has no meaning and no style, and no selector matches
 * it.
 */
const RUN = "text-run";
/** SVG elements that contain text; HTML elements aren't allowed in them. */
const DRAWN = new Set<ElementType>(["text", "tspan", "desc"]);

export function withWholeTexts(type: ElementType, props: Props): Props {
  const { children } = props;
  if (Array.isArray(children)) return asFigure(type, withSlots(type, props, children));
  return type === Fragment && isWords(children) ? { ...props, children: run(children) } : asFigure(type, props);
}

/**
 * Elements for names, codes and keys, which are never translated. Where they hold people's own words, the element says
 * `translate="yes"`.
 */
const NAMES = new Set<ElementType>(["bdi", "code", "kbd"]);
/** A text without a word, such as `12 %`, `A` or `NET-04`, which must not be translated. */
const FIGURE = /^(?:[\s\d.,:%+×/()–−-]*|\p{Lu}|\p{Lu}{1,6}-\d+)$/u;

function asFigure(type: ElementType, props: Props): Props {
  const { children } = props;
  if (NAMES.has(type)) return { translate: "no", ...props };
  return typeof type === "string" && !DRAWN.has(type) && isWords(children) && isFigure(children)
    ? { translate: "no", ...props }
    : props;
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

/**
 * Joins adjacent texts into the first one's place, so that later children keep their positions and with them their
 * state.
 */
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

/** Wraps the texts in a nested list of children, whose elements React identifies by key. */
function nested(items: readonly ReactNode[]): readonly ReactNode[] {
  return items.some((item) => isWords(item) || Array.isArray(item))
    ? items.map((item, i) => (Array.isArray(item) ? nested(item) : isWords(item) ? run(item, `text-${i}`) : item))
    : items;
}

function run(text: string | number, key?: string): ReactNode {
  return createElement(RUN, { key, translate: isFigure(text) ? "no" : undefined }, text);
}

function isText(slot: unknown): slot is string | number {
  return typeof slot === "string" || typeof slot === "number";
}

/** Whether it is a text with words. A space between two elements isn't: it is never translated and never changes. */
function isWords(slot: unknown): slot is string | number {
  return isText(slot) && String(slot).trim() !== "";
}

function isNothing(slot: unknown): boolean {
  return slot === null || slot === undefined || typeof slot === "boolean";
}

import type { ElementType, Key } from "react";
import { jsx as one, jsxs as several } from "react/jsx-runtime";
import { withWholeTexts, type Props } from "./whole-texts";

/** The functions that JSX is compiled to (`jsxImportSource` in tsconfig.json): React's own, after `withWholeTexts`. */
export { Fragment, type JSX } from "react/jsx-runtime";

export function jsx(type: ElementType, written: Props, key?: Key) {
  const props = withWholeTexts(type, written);
  return Array.isArray(props.children) ? several(type, props, key) : one(type, props, key);
}

export { jsx as jsxs };

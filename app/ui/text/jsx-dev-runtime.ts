import type { ElementType, Key } from "react";
import { jsxDEV as reactJsxDev, type JSXSource } from "react/jsx-dev-runtime";
import { withWholeTexts, type Props } from "./whole-texts";

export { Fragment, type JSX } from "react/jsx-dev-runtime";

/** The same as `jsx-runtime` for development, where React also gets an element's position in the source. */
export function jsxDEV(
  type: ElementType,
  written: Props,
  key: Key | undefined,
  fixed: boolean,
  source?: JSXSource,
  self?: unknown,
) {
  const props = withWholeTexts(type, written);
  return reactJsxDev(type, props, key, fixed && Array.isArray(props.children), source, self);
}

import { LIMITS } from "~/domain/limits";

/**
 * The addresses that take larger bodies than a form: edits, a drawn signature, a rota with many overrides, and files to
 * check, to import or signed on paper, each with the form around it.
 */
const LARGER = [
  { pattern: /^\/verify$/, bytes: LIMITS.checkedBytes + LIMITS.formBytes },
  { pattern: /^\/matrices\/[^/]+\/rota-import$/, bytes: LIMITS.calendarBytes + LIMITS.formBytes },
  { pattern: /^\/matrices\/[^/]+\/people$/, bytes: LIMITS.rotaBytes },
  { pattern: /^\/matrices\/[^/]+\/commands$/, bytes: LIMITS.batchBytes },
  { pattern: /^\/matrices\/[^/]+\/versions\/\d+\/paper$/, bytes: LIMITS.paperBytes + LIMITS.formBytes },
  { pattern: /^(\/matrices\/[^/]+\/versions\/\d+)?\/sign(\/[^/]+)?$/, bytes: LIMITS.signBytes },
];

/**
 * The most bytes that a body sent to an address may have. The page's script sends a form to the same address with
 * `.data` at its end, which has the same limit.
 */
export function bodyLimitOf(path: string): number {
  const address = path.replace(/\.data$/, "");
  return LARGER.find(({ pattern }) => pattern.test(address))?.bytes ?? LIMITS.formBytes;
}

import { LIMITS } from "~/domain/limits";

/** Addresses that take more than a form: edits, a file to check or one signed on paper, each with its form around it, and a drawn signature. */
const LARGER = [
  { address: /^\/verify$/, bytes: LIMITS.checkedBytes + LIMITS.formBytes },
  { address: /^\/matrices\/[^/]+\/commands$/, bytes: LIMITS.batchBytes },
  { address: /^\/matrices\/[^/]+\/versions\/\d+\/paper$/, bytes: LIMITS.paperBytes + LIMITS.formBytes },
  { address: /^(\/matrices\/[^/]+\/versions\/\d+)?\/sign(\/[^/]+)?$/, bytes: LIMITS.signBytes },
];

/** How many bytes of a body an address takes. A page that has taken over sends its forms to its address with `.data` behind it, which takes the same. */
export function bodyLimitOf(path: string): number {
  const asked = path.replace(/\.data$/, "");
  return LARGER.find(({ address }) => address.test(asked))?.bytes ?? LIMITS.formBytes;
}

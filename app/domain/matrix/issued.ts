import type { Matrix } from "./matrix";
import type { Duty } from "./shapes";

/** By the prefix of a code, the highest number these duties carry: what a matrix that begins with them has issued. */
export function issuedBy(duties: readonly Pick<Duty, "code">[]): Matrix["issued"] {
  const issued: Matrix["issued"] = {};
  for (const { code } of duties) {
    const [prefix = "", number = "0"] = code.split("-");
    issued[prefix] = Math.max(issued[prefix] ?? 0, Number(number));
  }
  return issued;
}

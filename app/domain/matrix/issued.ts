import type { Matrix } from "./matrix";
import type { Duty } from "./shapes";

/**
 * The highest code number of these duties by code prefix (IAM for IAM-03). A matrix that starts with these duties has
 * issued these numbers.
 */
export function issuedNumbers(duties: readonly Pick<Duty, "code">[]): Matrix["issued"] {
  const issued: Matrix["issued"] = {};
  for (const { code } of duties) {
    const [prefix = "", number = "0"] = code.split("-");
    issued[prefix] = Math.max(issued[prefix] ?? 0, Number(number));
  }
  return issued;
}

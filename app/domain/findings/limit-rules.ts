import { isActive } from "../agreement/agreement";
import type { Authority } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { amountWords } from "../parts/authorities";
import { amountFrom } from "../typed-amount";
import { DECISIONS } from "../parts/duties";
import type { Finding } from "./finding";

/** Currencies that a sign stands for. A dollar sign stands for several, of which any fits. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  "€": ["EUR"],
  "£": ["GBP"],
  $: ["USD", "AUD", "CAD", "NZD", "SGD", "HKD"],
  "¥": ["JPY", "CNY"],
};

/** Codes that are read as currencies beside those that the authorities name: other capitals are words, as in “MAX 5000”. */
const CODES =
  "AED AUD BGN BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS INR ISK JPY MXN NOK NZD PLN RON SEK SGD TRY USD ZAR".split(
    " ",
  );

/** An amount that a text names; `currencies` are those that it may be in, none where it names none. */
type Amount = { amount: number; currencies: readonly string[] };

const AMOUNT = /(?:\b([A-Z]{3})|([€£$¥]))?\s*(\d[\d\s.,’']*\d|\d)(?:\s*(?:([A-Z]{3})\b|([€£$¥])))?/g;

/**
 * The amount of money in a text; null where there is none or more than one, or none that can be read. Without a currency a
 * number is an amount only where the text says nothing else.
 */
function amountIn(text: string, isCurrency: (code: string) => boolean): Amount | null {
  const [match, ...others] = text.matchAll(AMOUNT);
  if (!match || others.length > 0) return null;
  const [, codeBefore, signBefore, digits = "", codeAfter, signAfter] = match;
  const amount = amountFrom(digits);
  const code = [codeBefore, codeAfter].find((one) => one !== undefined && isCurrency(one));
  const currencies = code === undefined ? (SIGNS[signBefore ?? signAfter ?? ""] ?? []) : [code];
  return amount === null || (currencies.length === 0 && text.trim() !== digits) ? null : { amount, currencies };
}

/** What is found where a duty's limit and an authority should say the same: they contradict each other, or no authority is named. */
export function findInLimits(matrix: Matrix): Finding[] {
  const authorities = new Map(
    matrix.authorities.flatMap((one): [string, Authority][] => (one.upTo === null ? [] : [[one.id, one]])),
  );
  if (authorities.size === 0) return [];
  const codes = new Set([...CODES, ...[...authorities.values()].map(({ currency }) => currency)]);
  const limited = matrix.duties.flatMap((duty) => {
    const { limit = "" } = duty.decisions;
    const amount = limit !== "" && isActive(duty) ? amountIn(limit, (code) => codes.has(code)) : null;
    return amount ? [{ duty, limit, amount }] : [];
  });
  const contradictions = limited.flatMap(({ duty, limit, amount }) => {
    const authority = authorities.get(duty.authorityId ?? "");
    return authority ? findContradiction(duty, { limit, amount, authority }) : [];
  });
  const unnamed = limited.filter(({ duty, amount }) => duty.authorityId === null && amount.currencies.length > 0);
  return [...contradictions, ...findUnnamed(unnamed.map(({ duty }) => duty))];
}

function findContradiction(
  { id }: Duty,
  { limit, amount: { amount, currencies }, authority }: { limit: string; amount: Amount; authority: Authority },
): Finding[] {
  const { name, currency, upTo } = authority;
  const isForeign = currencies.length > 0 && !currencies.includes(currency);
  if (upTo === null || (!isForeign && amount <= upTo)) return [];
  const says = isForeign ? `is in ${currency}` : `ends at ${amountWords(upTo)} ${currency}`;
  return [
    {
      key: `authority-contradicted.${id}`,
      rule: "authority-contradicted",
      severity: "warning",
      dutyIds: [id],
      roleIds: [],
      title: `“${DECISIONS.limit.label}” says ${limit}, and the authority “${name}” that it names ${says}.`,
      why: "Two amounts for one approval are an argument in the making.",
      about: JSON.stringify([limit, upTo, currency]),
      fixes: [{ label: "Open authority", write: "authority" }],
      accepted: null,
    },
  ];
}

function findUnnamed(duties: readonly Duty[]): Finding[] {
  const count = duties.length;
  return count === 0
    ? []
    : [
        {
          key: "limit-without-authority",
          rule: "limit-without-authority",
          severity: "insight",
          dutyIds: duties.map(({ id }) => id),
          roleIds: [],
          title: `${count} ${count === 1 ? "duty has a limit of money and names" : "duties have a limit of money and name"} no authority.`,
          why: "Who may approve the amount stands in one place, and the limit in another.",
          about: "",
          fixes: [],
          accepted: null,
        },
      ];
}

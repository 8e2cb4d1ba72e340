import { expect as impatient, type Locator } from "@playwright/test";

/** How long an element may take to be there, and to be as expected, in milliseconds. */
export const PATIENCE = 20_000;

/**
 * Playwright's own `expect`, but that it waits for an element to be there before it looks at it. Of every look that finds
 * none Playwright draws up the whole page's roles and names, for a message that is hardly ever needed; with 133 duties that
 * was a third of all that a page did.
 */
export const expect = new Proxy(impatient, {
  apply(target, self, given: [unknown, ...unknown[]]) {
    const matchers = Reflect.apply(target, self, given) as object;
    return isLocator(given[0]) ? waitingFor(given[0], matchers) : matchers;
  },
});

function isLocator(value: unknown): value is Locator {
  return typeof value === "object" && value !== null && "waitFor" in value;
}

/** The matchers of a locator. `not` leads to those that are content with nothing, which stay as they are. */
function waitingFor(locator: Locator, matchers: object): object {
  return new Proxy(matchers, {
    get(target, name) {
      const matcher: unknown = Reflect.get(target, name);
      if (typeof matcher !== "function") return matcher;
      return async (...given: unknown[]) => {
        if (!isForNothing(name, given))
          await locator
            .first()
            .waitFor({ state: "attached", timeout: patienceOf(given) })
            .catch(() => undefined);
        return Reflect.apply(matcher, target, given) as unknown;
      };
    },
  });
}

function isForNothing(matcher: string | symbol, [expected]: unknown[]): boolean {
  return matcher === "toBeHidden" || (matcher === "toHaveCount" && expected === 0);
}

function patienceOf(given: unknown[]): number {
  const options = given.at(-1);
  return typeof options === "object" && options !== null && "timeout" in options && typeof options.timeout === "number"
    ? options.timeout
    : PATIENCE;
}
